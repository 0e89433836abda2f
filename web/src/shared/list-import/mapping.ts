/** Which column of a list is which field of a contact: as choices a column, and as the API has it. Pure. */
import type { Schemas } from '@/api/client'
import type { CustomField } from '@/shared/custom-fields'

/** Fields of a contact that a column may be. */
export const FIELDS = [
  'phone',
  'name',
  'first_name',
  'last_name',
  'email',
  'company',
  'notes',
  'tags',
  'timezone',
  'language',
  'postal_code',
  'state',
] as const
export type Field = (typeof FIELDS)[number]

/** What becomes of a column: nothing, a field, a custom field that is defined, or one of some other name. */
export type Choice = { field: Field | 'defined' | 'custom' | ''; custom: string }
export type Choices = Record<string, Choice>

/** As the API takes it. */
export type Mapping = Partial<Record<Field, string>> & { custom?: Record<string, string> }

const NAME_LENGTH_MAX = 64
const IGNORED: Choice = { field: '', custom: '' }

/** A name for a custom field, made of a column's: "Plan (2026)" is `plan_2026`. */
export function customName(column: string): string {
  const plain = column
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  const name = plain.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  const named = /^[a-z]/.test(name) ? name : `field_${name}`
  return named.slice(0, NAME_LENGTH_MAX).replace(/_+$/, '')
}

/** What the server does not recognize is kept as custom fields, so many at the most. */
const CUSTOM_MAX = 20

/** Columns that nobody recognized, as custom fields where they hold anything and a name is free. */
function withCustom(choices: Choices, columns: Schemas['ColumnView'][]): Choices {
  const next = { ...choices }
  let left = CUSTOM_MAX
  for (const { name, samples } of columns) {
    if (next[name]?.field !== '' || left === 0 || !samples.some(it => it.trim() !== '')) continue
    const choice: Choice = { field: 'custom', custom: customName(name) }
    if (faultOf({ ...next, [name]: choice }, name) !== undefined) continue
    next[name] = choice
    left -= 1
  }
  return next
}

/** The API's suggestion as choices; edge of the program: the document calls a mapping just an object. */
export function fromSuggested(
  import_: Pick<Schemas['ImportView'], 'columns' | 'suggested_mapping'>,
  defined: CustomField[],
): Choices {
  const suggested = import_.suggested_mapping as Mapping
  const choices: Choices = Object.fromEntries(import_.columns.map(({ name }) => [name, IGNORED]))
  for (const field of FIELDS) {
    const column = suggested[field]
    if (column) choices[column] = { field, custom: '' }
  }
  for (const [custom, column] of Object.entries(suggested.custom ?? {})) {
    const isDefined = defined.some(field => field.key === custom)
    choices[column] = { field: isDefined ? 'defined' : 'custom', custom }
  }
  return withCustom(choices, import_.columns)
}

function isCustom(field: Choice['field']): field is 'custom' | 'defined' {
  return field === 'custom' || field === 'defined'
}

export function toMapping(choices: Choices): Mapping {
  const mapping: Mapping = {}
  const custom: Record<string, string> = {}
  for (const [column, choice] of Object.entries(choices)) {
    const { field } = choice
    if (isCustom(field)) custom[choice.custom] = column
    else if (field !== '') mapping[field] = column
  }
  return Object.keys(custom).length > 0 ? { ...mapping, custom } : mapping
}

export type MappingFault = 'twice' | 'badName' | 'takenName'

/** What is wrong with the choice of a column. */
export function faultOf(choices: Choices, column: string): MappingFault | undefined {
  const own = choices[column]
  if (!own || own.field === '') return undefined
  const others = Object.entries(choices).filter(([name]) => name !== column)
  if (!isCustom(own.field)) return others.some(([, it]) => it.field === own.field) ? 'twice' : undefined
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(own.custom)) return 'badName'
  if (FIELDS.some(field => field === own.custom) || own.custom === 'organization_name') return 'takenName'
  return others.some(([, it]) => isCustom(it.field) && it.custom === own.custom) ? 'twice' : undefined
}

/** Whether the list can be read by these choices. */
export function isReadable(choices: Choices): boolean {
  const hasPhone = Object.values(choices).some(it => it.field === 'phone')
  return hasPhone && Object.keys(choices).every(column => faultOf(choices, column) === undefined)
}
