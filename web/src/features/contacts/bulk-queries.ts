/** Changes of many contacts: counted ahead, begun, followed until they end. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { body, client, type Schemas } from '@/api/client'
import { type ContactFilter, filterBody } from '@/shared/contact-filter/filter'
import type { Selection } from './selection'

export type Change = Schemas['ContactAction']
type Request = Schemas['ContactActionRequest']

export const BULK_ACTS = ['tag', 'untag', 'set_field', 'delete'] as const
export type BulkAct = (typeof BULK_ACTS)[number]
export type BulkWhat = { action: BulkAct; tag?: string; field?: string; value?: string | number | boolean }
export type Whom = Pick<Request, 'contact_ids' | 'filter'>

/** Between two looks at a change that runs. Milliseconds. */
const FOLLOW = 1_000

/** The rows that were chosen, or the filter that finds all of them. */
export function whomOf({ ids, isAll }: Selection, filter: ContactFilter): Whom {
  return isAll ? { filter: filterBody(filter) } : { contact_ids: [...ids] }
}

/** Edge of the program: the document calls a value an object, which may be a text, a number, or yes and no. */
function onWire(what: BulkWhat, whom: Whom): Request {
  const { value, ...rest } = what
  return { ...rest, ...whom, value: (value ?? null) as Request['value'] }
}

/** How many people a filter finds: a preview of the one act that needs no more to be said. Nobody is deleted by it. */
export function useMatched(filter: ContactFilter, enabled: boolean) {
  return useQuery({
    queryKey: ['contacts', 'matched', filterBody(filter)],
    enabled,
    queryFn: () =>
      body(
        client.POST('/api/v1/contacts/actions', {
          body: { ...onWire({ action: 'delete' }, { filter: filterBody(filter) }), preview: true },
        }),
      ),
  })
}

/** Begins a change, then follows it. */
export function useChange() {
  const queries = useQueryClient()
  const beginning = useMutation({
    mutationFn: ({ what, whom }: { what: BulkWhat; whom: Whom }) =>
      body(client.POST('/api/v1/contacts/actions', { body: onWire(what, whom) })),
  })
  const begun = beginning.data
  const id = begun?.id ?? ''
  const following = useQuery({
    queryKey: ['contact-changes', id],
    enabled: begun?.state === 'running' && id !== '',
    queryFn: () => body(client.GET('/api/v1/contacts/actions/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : FOLLOW),
  })
  const change = following.data ?? begun
  const over = isOver(change)
  useEffect(() => {
    if (!over) return
    void queries.invalidateQueries({ queryKey: ['contacts'] })
    // The tag DNC puts numbers there.
    void queries.invalidateQueries({ queryKey: ['do-not-call'] })
  }, [over, queries])
  return {
    begin: beginning.mutate,
    isBeginning: beginning.isPending,
    error: beginning.error ?? following.error,
    change,
  }
}

export function isOver(change: Change | undefined): boolean {
  return change?.state === 'done' || change?.state === 'failed'
}

/** Refusals by their reason, those with most people first. */
export function reasonsOf(refused: Change['refused']): { message: string; ids: string[] }[] {
  const reasons = new Map<string, string[]>()
  for (const { contact_id, message } of refused) {
    reasons.set(message, [...(reasons.get(message) ?? []), contact_id])
  }
  return [...reasons]
    .map(([message, ids]) => ({ message, ids }))
    .sort((one, other) => other.ids.length - one.ids.length)
}
