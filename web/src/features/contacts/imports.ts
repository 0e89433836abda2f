/** Imports from the server. While one runs, the list is asked for again each second, and only then. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'
import { PAGE_ROWS } from '@/shared/paged'

export type Import = Schemas['ImportView']
export type UndoOutlook = Schemas['UndoOutlook']

/** No further than this does the server count before an import is taken back. */
const COUNTED_MAX = 10_000
/** Between two looks at imports that are running. Milliseconds. */
const LOOK_EVERY = 1_000

export function isRunning(list: Pick<Import, 'state' | 'undo'>): boolean {
  return list.state === 'running' || list.undo?.state === 'running'
}

/** An import that ended can be taken back once. */
export function canUndo(list: Pick<Import, 'state' | 'undo' | 'imported' | 'campaign_id'>): boolean {
  const hasLeftSomething = list.imported > 0 || Boolean(list.campaign_id)
  return list.state === 'done' && !list.undo && hasLeftSomething
}

export function hasRejects(list: Pick<Import, 'state' | 'rejected'>): boolean {
  return (list.state === 'done' || list.state === 'failed') && list.rejected > 0
}

export function rejectsAddress(id: string): string {
  return `/api/v1/imports/${id}/rejects`
}

export function useImports() {
  const query = useInfiniteQuery({
    queryKey: ['imports', 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/v1/imports', { params: { query: { cursor: pageParam, limit: PAGE_ROWS } } })),
    getNextPageParam: last => last.next_cursor ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(page => page.items.some(isRunning)) ? LOOK_EVERY : false,
  })
  return { ...query, rows: query.data?.pages.flatMap(page => page.items) ?? [] }
}

/** Who would leave and who would stay if an import were taken back now. Asked anew each time. */
export function useUndoOutlook(id: string | undefined) {
  return useQuery({
    queryKey: ['imports', 'outlook', id],
    enabled: id !== undefined,
    gcTime: 0,
    queryFn: () => body(client.GET('/api/v1/imports/{id}/undo', { params: { path: { id: id ?? '' } } })),
  })
}

/** What an outlook says, line by line: nothing of people where it enrolled none, nothing of those who stay where none do. */
export function undoLines(outlook: UndoOutlook) {
  const { recipients_leaving, recipients_called, contacts_leaving, contacts_staying, at_least } = outlook
  const enrolled = recipients_leaving + recipients_called > 0
  const lines = [
    { word: 'leaving', n: recipients_leaving, is: enrolled },
    { word: 'called', n: recipients_called, is: recipients_called > 0 },
    { word: 'contacts', n: contacts_leaving, is: true },
    { word: 'staying', n: contacts_staying, is: contacts_staying > 0 },
    { word: 'atLeast', n: COUNTED_MAX, is: at_least },
  ] as const
  return lines.filter(line => line.is)
}

export function useUndo() {
  const queries = useQueryClient()
  return async (id: string) => {
    await body(client.POST('/api/v1/imports/{id}/undo', { params: { path: { id } } }))
    // Contacts left, and so did recipients of a campaign.
    await Promise.all(
      ['imports', 'contacts', 'campaigns', 'campaign'].map(key =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    )
  }
}
