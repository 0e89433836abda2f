/** Values of custom fields as rows of a form. A value keeps its kind: a number stays a number, yes and no stay so. */
import type { Schemas } from '@/api/client'
import type { Kind } from '@/shared/custom-fields'

type Custom = Schemas['ContactView']['custom']
export type CustomRow = {
  id: number
  name: string
  value: string
  kind: 'text' | 'number' | 'flag'
  /** Was added as a row of its own: it stays one, whatever name is typed. */
  isNew?: boolean
}

export function customRows(custom: Custom): CustomRow[] {
  const known: Record<string, unknown> = custom
  return Object.entries(known).map(([name, value], id) => {
    const kind = typeof value === 'boolean' ? 'flag' : typeof value === 'number' ? 'number' : 'text'
    return { id, name, value: String(value), kind }
  })
}

/** One more row, empty; its number is new. */
export function withRow(rows: CustomRow[]): CustomRow[] {
  const id = 1 + Math.max(-1, ...rows.map(row => row.id))
  return [...rows, { id, name: '', value: '', kind: 'text', isNew: true }]
}

/** The row that holds a defined field's value. */
export function rowOf(rows: CustomRow[], key: string): CustomRow | undefined {
  return rows.find(row => row.name === key && !row.isNew)
}

/** Rows of values that no definition on the form stands for. */
export function freeRows(rows: CustomRow[], keys: string[]): CustomRow[] {
  return rows.filter(row => row.isNew || !keys.includes(row.name))
}

const ROW_KINDS: Partial<Record<Kind, CustomRow['kind']>> = {
  integer: 'number',
  decimal: 'number',
  checkbox: 'flag',
}

/** The rows with a defined field's value; an emptied one is none at all. */
export function withValue(rows: CustomRow[], key: string, value: string, kind: Kind): CustomRow[] {
  const known = rowOf(rows, key)
  const rest = rows.filter(row => row !== known)
  if (value === '') return rest
  const id = known?.id ?? 1 + Math.max(-1, ...rows.map(row => row.id))
  return [...rest, { id, name: key, value, kind: ROW_KINDS[kind] ?? 'text' }]
}

function typedValue({ kind, value }: CustomRow): string | number | boolean {
  if (kind === 'flag') return value === 'true'
  const number = Number(value)
  return kind === 'number' && value.trim() !== '' && Number.isFinite(number) ? number : value
}

/** Rows without a name and without a value are not meant. */
export function customValues(rows: CustomRow[]): Custom {
  const meant = rows.filter(row => row.name.trim() !== '' || row.value !== '')
  const values: Record<string, unknown> = Object.fromEntries(
    meant.map(row => [row.name.trim(), typedValue(row)]),
  )
  // The document calls it an object and no more, which the generator reads as one without members.
  return values as Custom
}

/** Whatever the order of the rows. */
export function sameCustom(one: CustomRow[], other: CustomRow[]): boolean {
  const said = (rows: CustomRow[]) => JSON.stringify(Object.entries(customValues(rows)).sort())
  return said(one) === said(other)
}

/** How a value is shown: as typed, yes and no in words. */
export function shownValue(value: unknown, words: { yes: string; no: string }): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  return String(value)
}
