/** Moves of a campaign as the API has them; what they change is told to every list and page that shows it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'

export type RunningMove = 'start' | 'schedule' | 'unschedule' | 'pause' | 'resume' | 'stop'
type Campaign = Schemas['Campaign']

/** Starts, schedules, pauses and so on; pause and stop answer when no call is placed any more. */
export function move(id: string, what: RunningMove): Promise<Campaign> {
  const params = { params: { path: { id } } }
  switch (what) {
    case 'start':
      return body(client.POST('/api/v1/campaigns/{id}/start', params))
    case 'schedule':
      return body(client.POST('/api/v1/campaigns/{id}/schedule', params))
    case 'unschedule':
      return body(client.POST('/api/v1/campaigns/{id}/unschedule', params))
    case 'pause':
      return body(client.POST('/api/v1/campaigns/{id}/pause', params))
    case 'resume':
      return body(client.POST('/api/v1/campaigns/{id}/resume', params))
    case 'stop':
      return body(client.POST('/api/v1/campaigns/{id}/stop', params))
  }
}

/** Puts a campaign as it is now into the cache, and has the lists ask again. */
export function useTold() {
  const queries = useQueryClient()
  return (campaign: Campaign) => {
    queries.setQueryData(['campaign', campaign.id], campaign)
    void queries.invalidateQueries({ queryKey: ['campaigns'] })
    void queries.invalidateQueries({ queryKey: ['campaign', campaign.id] })
  }
}

export function useMove(id: string) {
  const told = useTold()
  return useMutation({ mutationFn: (what: RunningMove) => move(id, what), onSuccess: told })
}

/** Where the results of a run can be fetched as a file. */
export function resultsAddress(
  id: string,
  format: 'csv' | 'xlsx',
  detail?: 'attempts',
  run?: string,
): string {
  const query = new URLSearchParams({ format })
  if (detail) query.set('detail', detail)
  if (run) query.set('run_id', run)
  return `/api/v1/campaigns/${id}/results?${query}`
}
