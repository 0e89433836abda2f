/** The do-not-call list from the server, and its changes. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { body, client, done, type Schemas } from '@/api/client'
import { PAGE_ROWS, usePaged } from '@/shared/paged'

export type Entry = Schemas['EntryView']
export type NumberAndReason = Schemas['NumberAndReason']

const KEY = ['do-not-call']

export function useEntries(q: string) {
  return usePaged([...KEY, q], cursor =>
    body(
      client.GET('/api/v1/do-not-call', {
        params: { query: { q: q || undefined, cursor, limit: PAGE_ROWS } },
      }),
    ),
  )
}

/** Campaigns that waited to call the number look different afterwards, too. */
function useChanged() {
  const queries = useQueryClient()
  return () => {
    void queries.invalidateQueries({ queryKey: KEY })
    void queries.invalidateQueries({ queryKey: ['campaign'] })
  }
}

export function useAdd(onAdded: (entry: Entry) => void) {
  const changed = useChanged()
  return useMutation({
    mutationFn: (given: NumberAndReason) => body(client.POST('/api/v1/do-not-call', { body: given })),
    onSuccess: entry => {
      changed()
      onAdded(entry)
    },
  })
}

export function useRemove(onRemoved: () => void) {
  const changed = useChanged()
  return useMutation({
    mutationFn: (given: NumberAndReason) => done(client.POST('/api/v1/do-not-call/remove', { body: given })),
    onSuccess: () => {
      changed()
      onRemoved()
    },
  })
}
