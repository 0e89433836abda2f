/** What the address of the contact book says beside its path. */
import { isListSource, type ListSource } from '@/shared/list-import/sheet'

export type ContactSearch = { q: string; tag: string }

export function parseContactSearch(search: Record<string, unknown>): ContactSearch {
  return { q: word(search.q), tag: word(search.tag) }
}

/** A number in the address is read as one by the router: somebody searched for digits. */
function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** As it is written into the address: nothing that is empty. */
export function contactSearch({ q, tag }: ContactSearch): { q?: string; tag?: string } {
  return { q: q || undefined, tag: tag || undefined }
}

/** Where the contacts that are shown can be fetched as a file. */
export function exportAddress(format: 'csv' | 'xlsx' | 'vcf', search: ContactSearch): string {
  const query = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(search)) if (value) query.set(name, value)
  return `/api/v1/contacts/export?${query}`
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
