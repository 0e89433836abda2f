/** Filters that people keep under a name: their own, and those that colleagues share. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { body, client, done, type Schemas } from '@/api/client'

export type SavedFilter = Schemas['SavedContactFilter']

const SAVED = ['contacts', 'filters']
/** The API's largest page: nobody keeps more. */
const PAGE = 200

export function useSavedFilters(enabled: boolean) {
  return useQuery({
    queryKey: SAVED,
    enabled,
    queryFn: async () =>
      (await body(client.GET('/api/v1/contact-filters', { params: { query: { limit: PAGE } } }))).items,
  })
}

export type SavedWish = { name: string; is_shared: boolean; filter?: SavedFilter['filter'] }

/** Keeps a filter, or changes the one given; without a filter it keeps its own. */
export function useSaveFilter(known: SavedFilter | undefined, onSaved: (saved: SavedFilter) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ filter, ...wish }: SavedWish) => {
      if (!known) {
        return body(
          client.POST('/api/v1/contact-filters', { body: { ...wish, filter: filter ?? { all: true } } }),
        )
      }
      return body(
        client.PATCH('/api/v1/contact-filters/{id}', {
          params: { path: { id: known.id } },
          body: { version: known.version, ...wish, ...(filter && { filter }) },
        }),
      )
    },
    onSuccess: saved => {
      void queries.invalidateQueries({ queryKey: SAVED })
      onSaved(saved)
    },
  })
}

export function useRemoveFilter() {
  const queries = useQueryClient()
  return async (id: string) => {
    await done(client.DELETE('/api/v1/contact-filters/{id}', { params: { path: { id } } }))
    await queries.invalidateQueries({ queryKey: SAVED })
  }
}
