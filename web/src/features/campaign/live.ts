/** The campaign page's one stream: its figures go into the query cache, and what depends on them is asked for again. */
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Schemas } from '@/api/client'
import { type Liveness, useEvents } from '@/shared/live'
import { isOld } from './minutes'
import { throttle } from './throttle'

/** Newest calls and an open story follow the figures this often at the most; reasons and lists less often. Milliseconds. */
const NEWEST_EVERY = 2_000
const REASONS_EVERY = 5_000
/** A stream tells its first figures well within this. Milliseconds. */
const BEGINS_WITHIN = 4_000

type Progress = Schemas['Progress']
type RunPages = { pages: { items: Schemas['RunView'][] }[] }
type StatusNews = Pick<Schemas['Campaign'], 'status' | 'status_reason' | 'version'>

/** Lists follow only while nobody has read past their first page; else rows would move under the reader. */
function isFirstPage(query: Query): boolean {
  const data: unknown = query.state.data
  if (typeof data !== 'object' || data === null || !('pages' in data)) return false
  return Array.isArray(data.pages) && data.pages.length === 1
}

/** What each event does to the cache. Apart from the hook, so that it can be tested without a page. */
export function renewals(queries: QueryClient, id: string) {
  const renew = (part: string) => queries.invalidateQueries({ queryKey: ['campaign', id, part] })
  const newest = throttle(() => {
    void renew('newest')
    void renew('story')
  }, NEWEST_EVERY)
  const reasons = throttle(() => {
    void renew('explain')
    for (const part of ['recipients', 'attempts']) {
      void queries.invalidateQueries({ queryKey: ['campaign', id, part], predicate: isFirstPage })
    }
  }, REASONS_EVERY)
  function figures(progress: Progress) {
    queries.setQueryData(['campaign', id, 'progress'], progress)
    // The figures are the newest run's, which is the first of the list.
    const newestRun = queries.getQueryData<RunPages>(['campaign', id, 'runs'])?.pages[0]?.items[0]
    if (newestRun) queries.setQueryData(['campaign', id, 'runs', newestRun.id, 'progress'], progress)
    newest()
    reasons()
    const minutes = queries.getQueryData<{ items: Schemas['Minute'][] }>(['campaign', id, 'minutes'])
    if (minutes && isOld(minutes.items, progress)) void renew('minutes')
  }
  function status(news: StatusNews) {
    const known = queries.getQueryData<Schemas['Campaign']>(['campaign', id])
    // What one has just done oneself may be known before an event that was sent earlier.
    if (known && news.version < known.version) return
    queries.setQueryData<Schemas['Campaign']>(['campaign', id], old => old && { ...old, ...news })
    if (!known || known.version === news.version) return
    // Somebody changed more than the status: name, limits, and who did it is in the log.
    void queries.invalidateQueries({ queryKey: ['campaign', id], exact: true })
    for (const part of ['log', 'runs', 'explain']) void renew(part)
    void queries.invalidateQueries({ queryKey: ['campaigns'] })
  }
  function stop() {
    newest.cancel()
    reasons.cancel()
  }
  return { figures, status, stop }
}

export function useCampaignLive(id: string): Liveness {
  const queries = useQueryClient()
  const renew = useMemo(() => renewals(queries, id), [queries, id])
  useEffect(() => renew.stop, [renew])
  // The stream's data is what the API document says; this is the edge where it becomes typed.
  const live = useEvents(`/api/v1/events?campaign_id=${encodeURIComponent(id)}`, {
    progress: data => renew.figures(data as Progress),
    status: data => renew.status(data as StatusNews),
  })
  const wasLost = useRef(false)
  useEffect(() => {
    if (live.heardAt === undefined) return
    // What changed while nobody told: asked for once when the stream is back.
    if (live.connected && wasLost.current) void queries.invalidateQueries({ queryKey: ['campaign', id] })
    wasLost.current = !live.connected
  }, [live.connected, live.heardAt, queries, id])
  return useSaid(live, id)
}

/** A stream that never began is as lost as one that broke: the figures are those of the first answer. */
function useSaid(live: Liveness, id: string): Liveness {
  const queries = useQueryClient()
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), BEGINS_WITHIN)
    return () => clearTimeout(timer)
  }, [])
  if (live.heardAt !== undefined || !isLate) return live
  const answeredAt = queries.getQueryState(['campaign', id, 'progress'])?.dataUpdatedAt
  return { connected: false, heardAt: answeredAt || undefined }
}
