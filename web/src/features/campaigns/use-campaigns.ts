/** The list of one tab, how many stand in each, and the one stream that keeps both fresh. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { body, client } from '@/api/client'
import { useEvents } from '@/shared/live'
import { PAGE_ROWS, usePaged } from '@/shared/paged'
import { countsOf, itemsOf, type Known, look, type Pages, patchPages } from './live-list'
import { type ListSearch, STATUSES } from './search'

const LISTS = ['campaigns', 'list']
const COUNTS = ['campaigns', 'counts']

export function useCampaigns({ tab, q }: ListSearch) {
  const status = STATUSES[tab].join(',')
  return usePaged([...LISTS, { status, q }], cursor =>
    body(
      client.GET('/api/v1/campaigns', {
        params: { query: { status, with: 'progress', limit: PAGE_ROWS, cursor, q: q || undefined } },
      }),
    ),
  )
}

export function useCounts() {
  return useQuery({ queryKey: COUNTS, queryFn: () => body(client.GET('/api/v1/campaigns/counts')) })
}

/** Listens as long as the list is on the page. */
export function useLiveCampaigns() {
  const queries = useQueryClient()
  const known = useRef<Known>(undefined)
  const live = useEvents('/api/v1/events', {
    campaigns: data => {
      const items = itemsOf(data)
      queries.setQueriesData<Pages>({ queryKey: LISTS }, old => old && patchPages(old, items))
      const seen = look(known.current, items)
      known.current = seen.known
      if (seen.hasMoved) void queries.invalidateQueries({ queryKey: LISTS })
    },
    counts: data => queries.setQueryData(COUNTS, countsOf(data)),
  })
  // The stream tells what runs; what ended or was written while it was away is asked for.
  const wasAway = useRef(false)
  useEffect(() => {
    if (live.connected && wasAway.current) void queries.invalidateQueries({ queryKey: ['campaigns'] })
    wasAway.current = !live.connected && live.heardAt !== undefined
  }, [live.connected, live.heardAt, queries])
  return live
}
