/** What the server says of a draft before its launch, and what of it still holds while one types. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'
import { type Campaign, type FieldProblem, memberOf } from './draft'
import { type Part, withoutDefault } from './template'

export type Readiness = Schemas['Readiness']
export type Gap = { field: string; people: number; atLeast: boolean }

/** Members that the page looks at itself; of these, an older answer says less than the page knows. */
const OURS = ['name', 'message', 'recipients']

/** Asked anew for every saved version, and when one comes back from elsewhere: from the carrier's page, for example. */
export function useReadiness({ id, version }: Pick<Campaign, 'id' | 'version'>) {
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['campaign', id, 'readiness', version],
    queryFn: () => body(client.GET('/api/v1/campaigns/{id}/readiness', { params: { path: { id } } })),
    staleTime: 0,
    refetchOnWindowFocus: true,
    placeholderData: keepPreviousData,
  })
  return { readiness: data, isOld: isPlaceholderData }
}

/** The causes against a launch that still hold: what was typed since is not judged by them. */
export function stillSaid(errors: FieldProblem[], typed: string[], isOld: boolean): FieldProblem[] {
  const newer = isOld ? [...typed, ...OURS] : typed
  return errors.filter(it => !newer.includes(memberOf(it.field)))
}

/** Fields of the text as it stands now that some people have no value for and that have no default. */
export function gaps(fields: Readiness['merge_fields'], parts: Part[]): Gap[] {
  const bare = withoutDefault(parts)
  return fields
    .filter(it => it.recipients_without > 0 && bare.includes(it.field))
    .map(it => ({ field: it.field, people: it.recipients_without, atLeast: it.at_least }))
}
