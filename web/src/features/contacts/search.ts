/** Addresses of the contact book: its files, its imports, its duplicates. */

import { type ContactFilter, filterQuery } from '@/shared/contact-filter/filter'
import { isListSource, type ListSource } from '@/shared/list-import/sheet'

/** A file of contacts: what it is, and for CSV whether spreadsheets or programs read it. */
export const EXPORTS = {
  csv: { format: 'csv', style: 'spreadsheet' },
  raw: { format: 'csv', style: 'raw' },
  xlsx: { format: 'xlsx' },
  vcf: { format: 'vcf' },
} as const
export type ExportKind = keyof typeof EXPORTS

/** Where the contacts that a filter shows can be fetched as a file. */
export function exportAddress(kind: ExportKind, filter: ContactFilter): string {
  const query = new URLSearchParams(EXPORTS[kind])
  for (const [name, value] of Object.entries(filterQuery(filter))) if (value) query.set(name, value)
  return `/api/v1/contacts/export?${query}`
}

/** A number in the address is read as one by the router: somebody searched for digits. */
function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export type ImportSearch = { list: string | undefined; from: ListSource }

/** The list that the page of imports shows: one that was brought, a new one, or none; and how new ones come in. */
export function parseImportSearch(search: Record<string, unknown>): ImportSearch {
  return { list: word(search.list) || undefined, from: isListSource(search.from) ? search.from : 'csv' }
}

/** As it is written into the address: a file is what is meant when nothing is said. */
export function importSearch({ list, from }: ImportSearch): { list?: string; from?: ListSource } {
  return list ? { list, from: from === 'csv' ? undefined : from } : {}
}

/** In the address: a list that is still to be brought. */
export const NEW_LIST = 'new'
