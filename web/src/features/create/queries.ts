/** What the steps ask the server for. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'
import type { People } from './steps'
import type { MergeFields } from './template'

/** Recipients whose values the message is tried with. */
const SAMPLES = 8
/** What hardly changes while a campaign is made. Milliseconds. */
const STEADY = 300_000

export type Sample = { id: string; name: string; phone: string; fields: MergeFields }

export function useCampaign(id: string) {
  return useQuery({
    queryKey: ['campaign', id],
    queryFn: () => body(client.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })),
  })
}

/** How many are enrolled; undefined while it is asked for. */
export function usePeople(id: string): People | undefined {
  const { data } = useQuery({
    queryKey: ['campaign', id, 'progress'],
    queryFn: () => body(client.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id } } })),
  })
  return data && { total: data.total, suppressed: data.suppressed }
}

export function useVoices() {
  return useQuery({
    queryKey: ['voices'],
    queryFn: async () => (await body(client.GET('/api/v1/voices'))).items,
    staleTime: STEADY,
  })
}

export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: () => body(client.GET('/api/v1/settings')),
    staleTime: STEADY,
  })
}

/** The first recipients with what a message may name of each. */
export function useSamples(id: string): { samples: Sample[]; isPending: boolean } {
  const list = useQuery({
    queryKey: ['campaign', id, 'recipients', { first: SAMPLES }],
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/recipients', {
          params: { path: { id }, query: { limit: SAMPLES } },
        }),
      ),
  })
  const stories = useQueries({
    queries: (list.data?.items ?? []).map(({ id: recipient }) => ({
      queryKey: ['campaign', id, 'recipient', recipient],
      queryFn: () =>
        body(
          client.GET('/api/v1/campaigns/{id}/recipients/{recipient_id}', {
            params: { path: { id, recipient_id: recipient } },
          }),
        ),
      staleTime: STEADY,
    })),
  })
  const samples = stories.flatMap(({ data }) => (data ? [sampleOf(data)] : []))
  return { samples, isPending: list.isPending || stories.some(it => it.isPending) }
}

/** Edge of the program: the document calls the fields just an object; the server writes texts. */
function sampleOf(story: Schemas['RecipientStory']): Sample {
  return { id: story.id, name: story.name, phone: story.phone, fields: story.fields as MergeFields }
}
