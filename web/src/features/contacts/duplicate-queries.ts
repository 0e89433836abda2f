/** Groups of contacts that may be the same person; merged, or said to be different people. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { body, client, done, type Schemas } from '@/api/client'
import { PAGE_ROWS, usePaged } from '@/shared/paged'
import type { DuplicateGroup, Likeness } from './duplicates'

export function useDuplicates(by: Likeness, ignored: boolean) {
  return usePaged<DuplicateGroup>(['contacts', 'duplicates', by, ignored], cursor =>
    body(
      client.GET('/api/v1/contacts/duplicates', {
        params: { query: { by, ignored, cursor, limit: PAGE_ROWS } },
      }),
    ),
  )
}

export function useDuplicateActs() {
  const queries = useQueryClient()
  const told = useCallback(() => {
    void queries.invalidateQueries({ queryKey: ['contacts'] })
  }, [queries])
  return {
    merge: async (merge: Schemas['Merge']) => {
      const merged = await body(client.POST('/api/v1/contacts/merge', { body: merge }))
      told()
      // The tag DNC of any of them puts the number there.
      void queries.invalidateQueries({ queryKey: ['do-not-call'] })
      return merged
    },
    /** They are different people; or that is taken back. */
    ignore: async ({ by, key, department_id }: DuplicateGroup, ignored: boolean) => {
      const what = { by, key, department_id, ignored }
      await done(client.POST('/api/v1/contacts/duplicates/ignore', { body: what }))
      told()
    },
  }
}
