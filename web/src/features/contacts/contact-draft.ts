/** A contact as a form holds it, and what the API is told of it: all that is said of a new one, the changes of a known one. */
import type { Schemas } from '@/api/client'
import { type CustomRow, customRows, customValues, sameCustom } from './custom-values'

type Contact = Schemas['ContactView']

const TEXTS = ['first_name', 'last_name', 'name', 'email', 'company', 'notes'] as const
const OPTIONS = ['timezone', 'language', 'postal_code', 'state'] as const

export type ContactDraft = Record<(typeof TEXTS)[number] | (typeof OPTIONS)[number] | 'phone', string> & {
  department_id: string
  tags: string[]
  custom: CustomRow[]
}

/** Fields that show what is wrong with them beside themselves. */
export const CONTACT_FIELDS = [...TEXTS, ...OPTIONS, 'phone', 'tags', 'department_id', 'custom'] as const

export const NO_CONTACT: ContactDraft = {
  department_id: '',
  first_name: '',
  last_name: '',
  name: '',
  phone: '',
  email: '',
  company: '',
  notes: '',
  timezone: '',
  language: '',
  postal_code: '',
  state: '',
  tags: [],
  custom: [],
}

export function draftOf(contact: Contact): ContactDraft {
  return {
    department_id: contact.department_id,
    first_name: contact.first_name,
    last_name: contact.last_name,
    name: contact.name,
    phone: contact.phone,
    email: contact.email,
    company: contact.company,
    notes: contact.notes,
    timezone: contact.timezone ?? '',
    language: contact.language ?? '',
    postal_code: contact.postal_code ?? '',
    state: contact.state ?? '',
    tags: contact.tags,
    custom: customRows(contact.custom),
  }
}

export function newContact(draft: ContactDraft): Schemas['NewContact'] {
  const told: Schemas['NewContact'] = {
    phone: draft.phone,
    tags: draft.tags,
    custom: customValues(draft.custom),
  }
  for (const field of [...TEXTS, ...OPTIONS]) if (draft[field].trim()) told[field] = draft[field]
  if (draft.department_id) told.department_id = draft.department_id
  return told
}

/** Only what was changed: a name made of its parts goes on following them, and nobody else's edit is undone. */
export function contactChange(contact: Contact, draft: ContactDraft): Schemas['ContactChange'] {
  const known = draftOf(contact)
  const change: Schemas['ContactChange'] = { version: contact.version }
  for (const field of [...TEXTS, ...OPTIONS]) {
    if (draft[field] !== known[field]) change[field] = draft[field].trim() || null
  }
  if (draft.phone !== known.phone) change.phone = draft.phone
  if (draft.tags.join('\n') !== known.tags.join('\n')) change.tags = draft.tags
  if (!sameCustom(known.custom, draft.custom)) change.custom = customValues(draft.custom)
  return change
}
