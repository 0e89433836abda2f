/** Contacts that may be the same person, side by side: what differs, what is chosen, what comes of it. Pure. */
import type { Schemas } from '@/api/client'

export type DuplicateGroup = Schemas['DuplicateGroup']
type Contact = Schemas['ContactView']

export const LIKENESSES = ['email', 'name', 'phone'] as const
export type Likeness = (typeof LIKENESSES)[number]

/** Fields of which one word is kept. First and last name go with the name. */
export const CHOOSABLE = [
  'name',
  'phone',
  'email',
  'company',
  'timezone',
  'language',
  'postal_code',
  'state',
] as const
type Choosable = (typeof CHOOSABLE)[number]

/** A field of the contact, or `custom.KEY`. */
export type FieldName = Choosable | `custom.${string}`

/** Who stays, who becomes part of them, and whose word is taken where a person chose. */
export type MergeDraft = { into: string; members: string[]; chosen: Partial<Record<FieldName, string>> }

export function likenessOf(word: unknown, isAdministrator: boolean): Likeness {
  const found = LIKENESSES.find(known => known === word) ?? 'email'
  return found === 'phone' && !isAdministrator ? 'email' : found
}

/** One group, whatever its place in the list. */
export function groupKey({ by, key, department_id }: DuplicateGroup): string {
  return `${by}:${department_id ?? ''}:${key}`
}

/** The oldest stays, unless somebody chooses otherwise: its history is the longest. */
export function draftOf(contacts: Contact[]): MergeDraft {
  const oldest = [...contacts].sort((one, other) => one.created_at.localeCompare(other.created_at))[0]
  return { into: oldest?.id ?? '', members: contacts.map(it => it.id), chosen: {} }
}

export function valueIn(contact: Contact, field: FieldName): string {
  if (!field.startsWith('custom.')) return contact[field as Choosable] ?? ''
  const custom: Record<string, unknown> = contact.custom
  const value = custom[field.slice('custom.'.length)]
  return value === undefined || value === null ? '' : String(value)
}

/** Fields that any of them fills, those that differ first. */
export function fieldsIn(contacts: Contact[]): { field: FieldName; differs: boolean }[] {
  const keys = [...new Set(contacts.flatMap(it => Object.keys(it.custom)))].sort()
  const all: FieldName[] = [...CHOOSABLE, ...keys.map(key => `custom.${key}` as const)]
  const fields = all
    .filter(field => contacts.some(it => valueIn(it, field) !== ''))
    .map(field => ({ field, differs: new Set(contacts.map(it => valueIn(it, field))).size > 1 }))
  return [...fields.filter(it => it.differs), ...fields.filter(it => !it.differs)]
}

/** Those who take part, the survivor first: empty fields are filled in this order. */
export function takingPart(contacts: Contact[], { into, members }: MergeDraft): Contact[] {
  const part = contacts.filter(it => it.id === into || members.includes(it.id))
  return [...part.filter(it => it.id === into), ...part.filter(it => it.id !== into)]
}

/** Whose word a field will have. */
export function sourceOf(contacts: Contact[], draft: MergeDraft, field: FieldName): string | undefined {
  const part = takingPart(contacts, draft)
  const chosen = draft.chosen[field]
  if (chosen && part.some(it => it.id === chosen)) return chosen
  return (part.find(it => valueIn(it, field) !== '') ?? part[0])?.id
}

/** What the one contact will say. */
export function mergedValue(contacts: Contact[], draft: MergeDraft, field: FieldName): string {
  const source = contacts.find(it => it.id === sourceOf(contacts, draft, field))
  return source ? valueIn(source, field) : ''
}

/** All tags, each once whatever its capitals. */
export function mergedTags(contacts: Contact[], draft: MergeDraft): string[] {
  const tags = new Map<string, string>()
  for (const tag of takingPart(contacts, draft).flatMap(it => it.tags)) {
    if (!tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag)
  }
  return [...tags.values()]
}

/** Numbers that the one contact does not take over; they are kept in its notes. */
export function otherNumbers(contacts: Contact[], draft: MergeDraft): string[] {
  const kept = mergedValue(contacts, draft, 'phone')
  const numbers = takingPart(contacts, draft).map(it => it.phone)
  return [...new Set(numbers)].filter(number => number !== kept)
}

/** What the API is told; only choices that a person made, among those who take part. */
export function mergeBody(contacts: Contact[], draft: MergeDraft): Schemas['Merge'] | undefined {
  const [into, ...from] = takingPart(contacts, draft)
  if (!into || from.length === 0) return undefined
  const ids = [into, ...from].map(it => it.id)
  const fields = Object.fromEntries(Object.entries(draft.chosen).filter(([, id]) => id && ids.includes(id)))
  return {
    into: into.id,
    version: into.version,
    from: from.map(it => it.id),
    // The document calls it an object and no more, which the generator reads as one without members.
    fields: fields as Schemas['Merge']['fields'],
  }
}
