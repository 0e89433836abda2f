/** What the campaign page asks the API for. Every key begins with `['campaign', id]`, so that one word renews them all. */
import { useQuery } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'
import { useAnyLength } from '@/shared/any-length'
import { usePaged } from '@/shared/paged'
import type { CampaignSearch } from './search'

/** Calls shown on the page itself. */
const NEWEST_CALLS = 10
/** The stretch of the line of calls a minute. */
const MINUTES = 60
const LISTS_STALE_AFTER = 5_000

export function useCampaign(id: string) {
  return useQuery({
    queryKey: ['campaign', id],
    queryFn: () => body(client.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })),
  })
}

export function useProgress(id: string) {
  return useQuery({
    queryKey: ['campaign', id, 'progress'],
    queryFn: () => body(client.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id } } })),
  })
}

/** The figures of a run that is not the newest; the stream tells nothing of it. */
export function useRunProgress(id: string, run: string | undefined) {
  return useQuery({
    queryKey: ['campaign', id, 'runs', run, 'progress'],
    enabled: run !== undefined,
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id }, query: { run_id: run } } }),
      ),
  })
}

export function useExplanation(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['campaign', id, 'explain'],
    enabled,
    refetchOnWindowFocus: true,
    queryFn: () => body(client.GET('/api/v1/campaigns/{id}/explain', { params: { path: { id } } })),
  })
}

export function useMinutes(id: string) {
  return useQuery({
    queryKey: ['campaign', id, 'minutes'],
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/minutes', {
          params: { path: { id }, query: { minutes: MINUTES } },
        }),
      ),
  })
}

export function useNewestCalls(id: string) {
  return useQuery({
    queryKey: ['campaign', id, 'newest'],
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/attempts', {
          params: { path: { id }, query: { limit: NEWEST_CALLS } },
        }),
      ),
  })
}

export function useRecipients(id: string, search: CampaignSearch, total: number | undefined) {
  const { state, outcome, q, run } = search
  return useAnyLength<Schemas['Recipient']>(
    ['campaign', id, 'recipients', { state, outcome, q, run }],
    total,
    asked =>
      body(
        client.GET('/api/v1/campaigns/{id}/recipients', {
          params: { path: { id }, query: { state, outcome, q, run_id: run, limit: 100, ...asked } },
        }),
      ),
  )
}

export function useAttempts(id: string, { outcome, q, run }: CampaignSearch) {
  return usePaged<Schemas['NamedAttempt']>(['campaign', id, 'attempts', { outcome, q, run }], cursor =>
    body(
      client.GET('/api/v1/campaigns/{id}/attempts', {
        params: { path: { id }, query: { outcome, q, run_id: run, cursor, limit: 100 } },
      }),
    ),
  )
}

export function useRuns(id: string) {
  return usePaged<Schemas['RunView']>(['campaign', id, 'runs'], cursor =>
    body(
      client.GET('/api/v1/campaigns/{id}/runs', { params: { path: { id }, query: { cursor, limit: 100 } } }),
    ),
  )
}

export function useLog(id: string) {
  return usePaged<Schemas['LogItem']>(['campaign', id, 'log'], cursor =>
    body(
      client.GET('/api/v1/campaigns/{id}/log', { params: { path: { id }, query: { cursor, limit: 100 } } }),
    ),
  )
}

export function useStory(id: string, recipient: string | undefined) {
  return useQuery({
    queryKey: ['campaign', id, 'story', recipient],
    enabled: recipient !== undefined,
    staleTime: LISTS_STALE_AFTER,
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/recipients/{recipient_id}', {
          params: { path: { id, recipient_id: recipient ?? '' } },
        }),
      ),
  })
}

/** What an attempt hears; it does not change any more. */
export function useHeard(id: string, attempt: string) {
  return useQuery({
    queryKey: ['campaign', id, 'heard', attempt],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/attempts/{attempt_id}/twiml', {
          params: { path: { id, attempt_id: attempt } },
        }),
      ),
  })
}

/** The organization's settings, for the limit that a campaign shares with others. */
export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: () => body(client.GET('/api/v1/settings')),
  })
}

export function useAudio(id: string | undefined) {
  return useQuery({
    queryKey: ['audio', id],
    enabled: id !== undefined,
    queryFn: () => body(client.GET('/api/v1/audio/{id}', { params: { path: { id: id ?? '' } } })),
  })
}
