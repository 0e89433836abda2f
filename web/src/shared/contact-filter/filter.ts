/** Which contacts are shown: as the address says it, as the API is asked, and what of it is set. Days are the reader's own. */
import type { Schemas } from '@/api/client'
import { OUTCOMES } from '@/shared/outcomes'

type Outcome = Schemas['Outcome']
export type FilterBody = Schemas['ContactFilter']

/** Texts of a filter; days are `2026-11-22`, and the last one counts. */
const TEXTS = [
  'q',
  'tag',
  'added_from',
  'added_to',
  'last_called_from',
  'last_called_to',
  'language',
  'department_id',
] as const
const DAYS = ['added_from', 'added_to', 'last_called_from', 'last_called_to'] as const
/** Custom fields in one filter; the API's limit. */
export const CUSTOM_MAX = 3
const CUSTOM = 'custom.'

export type ContactFilter = Record<(typeof TEXTS)[number], string> & {
  never_called: boolean
  outcome: Outcome | ''
  custom: Record<string, string>
}

export const NO_FILTER: ContactFilter = {
  q: '',
  tag: '',
  added_from: '',
  added_to: '',
  last_called_from: '',
  last_called_to: '',
  language: '',
  department_id: '',
  never_called: false,
  outcome: '',
  custom: {},
}

/** A number or yes and no in the address are read as such by the router: somebody meant the digits, the word. */
function word(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : ''
}

function day(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : ''
}

/** What the address says; what it does not know is dropped. */
export function parseFilter(search: Record<string, unknown>): ContactFilter {
  const filter = { ...NO_FILTER }
  for (const name of TEXTS) filter[name] = word(search[name])
  for (const name of DAYS) filter[name] = day(filter[name])
  filter.never_called = word(search.never_called) === 'true'
  filter.outcome = OUTCOMES.find(known => known === search.outcome) ?? ''
  const custom = Object.entries(search).filter(([name]) => name.startsWith(CUSTOM) && name !== CUSTOM)
  filter.custom = Object.fromEntries(
    custom.slice(0, CUSTOM_MAX).map(([name, value]) => [name.slice(CUSTOM.length), word(value)]),
  )
  return tidy(filter)
}

/** Nobody was never called and last called then. */
export function tidy(filter: ContactFilter): ContactFilter {
  const custom = Object.fromEntries(Object.entries(filter.custom).filter(([key, value]) => key && value))
  if (!filter.never_called) return { ...filter, custom }
  return { ...filter, custom, last_called_from: '', last_called_to: '', outcome: '' }
}

export type FilterWords = { [name: string]: string | undefined }

/** As it is written into the address: nothing that is empty. */
export function filterSearch(filter: ContactFilter): FilterWords {
  const words: FilterWords = {}
  for (const name of TEXTS) words[name] = filter[name] || undefined
  words.outcome = filter.outcome || undefined
  words.never_called = filter.never_called ? 'true' : undefined
  for (const [key, value] of Object.entries(filter.custom)) words[CUSTOM + key] = value
  return words
}

/** The instant at which a day of the reader begins, so many days later. */
function begins(text: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}

/** The day of the reader in which an instant is, so many days earlier. */
function dayOf(at: string | null | undefined, earlier = 0): string {
  if (!at) return ''
  const date = new Date(at)
  date.setDate(date.getDate() - earlier)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The parameters of a list: a last day is meant whole, so the bound is the beginning of the next. */
export function filterQuery(filter: ContactFilter): FilterWords {
  const words = filterSearch(filter)
  for (const name of DAYS) {
    if (filter[name]) words[name] = begins(filter[name], name.endsWith('_to') ? 1 : 0)
  }
  return words
}

/** The same in the body of a request; everybody is named when nothing is set. */
export function filterBody(filter: ContactFilter): FilterBody {
  if (!isNarrowed(filter)) return { all: true }
  const { q, tag, language, department_id, custom, never_called, outcome } = filter
  const told: FilterBody = {}
  for (const [name, text] of Object.entries({ q, tag, language, department_id })) {
    if (text) told[name as 'q'] = text
  }
  for (const name of DAYS) {
    if (filter[name]) told[name] = begins(filter[name], name.endsWith('_to') ? 1 : 0)
  }
  if (never_called) told.never_called = true
  if (outcome) told.outcome = outcome
  // The document calls it an object and no more, which the generator reads as one without members.
  if (Object.keys(custom).length > 0) told.custom = custom as FilterBody['custom']
  return told
}

/** A filter as it was saved. */
export function filterOf(body: FilterBody): ContactFilter {
  const custom: Record<string, unknown> = body.custom ?? {}
  return {
    q: body.q ?? '',
    tag: body.tag ?? '',
    language: body.language ?? '',
    department_id: body.department_id ?? '',
    added_from: dayOf(body.added_from),
    added_to: dayOf(body.added_to, 1),
    last_called_from: dayOf(body.last_called_from),
    last_called_to: dayOf(body.last_called_to, 1),
    never_called: body.never_called ?? false,
    outcome: body.outcome ?? '',
    custom: Object.fromEntries(Object.entries(custom).map(([key, value]) => [key, word(value)])),
  }
}

/** The same filter, whatever the order in which it was set. */
function key(filter: ContactFilter): string {
  return JSON.stringify(
    Object.entries(filterSearch(filter))
      .filter(([, value]) => value !== undefined)
      .sort(),
  )
}

export function isNarrowed(filter: ContactFilter): boolean {
  return key(filter) !== key(NO_FILTER)
}

/** Whether two filters show the same. */
export function isSame(one: ContactFilter, other: ContactFilter): boolean {
  return key(one) === key(other)
}
