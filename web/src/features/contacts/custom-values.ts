/** Values of custom fields as rows of a form. A value keeps its kind: a number stays a number, yes and no stay so. */
import type { Schemas } from '@/api/client'

type Custom = Schemas['ContactView']['custom']
export type CustomRow = { id: number; name: string; value: string; kind: 'text' | 'number' | 'flag' }

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
  return [...rows, { id, name: '', value: '', kind: 'text' }]
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

export function sameCustom(one: CustomRow[], other: CustomRow[]): boolean {
  return JSON.stringify(customValues(one)) === JSON.stringify(customValues(other))
}

/** How a value is shown: as typed, yes and no in words. */
export function shownValue(value: unknown, words: { yes: string; no: string }): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  return String(value)
}
