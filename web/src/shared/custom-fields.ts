/** The custom fields that administrators define, and what their values are. Keys without a definition stay free text. */
import { useQuery } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'

export type CustomField = Schemas['CustomField']

export const KINDS = ['short_text', 'long_text', 'integer', 'decimal', 'date', 'choice', 'checkbox'] as const
export type Kind = (typeof KINDS)[number]

export const CUSTOM_FIELDS = ['custom-fields']
/** The API's largest page; an organization has fewer fields. */
const PAGE = 200

/** In their order; archived ones, too. */
export function useCustomFields(enabled = true) {
  return useQuery({
    queryKey: CUSTOM_FIELDS,
    enabled,
    queryFn: async (): Promise<CustomField[]> =>
      (await body(client.GET('/api/v1/custom-fields', { params: { query: { limit: PAGE } } }))).items,
  })
}

/** What a value is; a kind that these pages do not know yet is written as text. */
export function kindOf({ kind }: CustomField): Kind {
  return KINDS.find(known => known === kind) ?? 'short_text'
}

/** Fields that a form offers: what nobody sees has to be filled all the same when it is required. */
export function offered(fields: CustomField[]): CustomField[] {
  return fields.filter(field => !field.archived && (field.is_visible || field.is_required))
}

/** What a field is called: its label, or the key of one that nobody defined. */
export function labelOf(fields: CustomField[], key: string): string {
  return fields.find(field => field.key === key)?.label ?? key
}

/** Values by key in the order of their definitions; those without one behind them. */
export function inOrder<T>(fields: CustomField[], values: [string, T][]): [string, T][] {
  const place = (key: string) => {
    const at = fields.findIndex(field => field.key === key)
    return at === -1 ? fields.length : at
  }
  return [...values].sort(([one], [other]) => place(one) - place(other))
}
