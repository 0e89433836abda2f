/** A custom field as a form holds it, what the API is told, and how fields change places. Pure. */
import type { Schemas } from '@/api/client'
import { type CustomField, type Kind, kindOf } from '@/shared/custom-fields'

export type FieldDraft = {
  label: string
  key: string
  kind: Kind
  choices: string[]
  is_required: boolean
  is_visible: boolean
}

/** Fields that show what is wrong with them beside themselves. */
export const FIELD_FIELDS = ['label', 'key', 'kind', 'choices', 'is_required', 'is_visible'] as const

/** The longest key that a message can name. Characters. */
const KEY_LENGTH_MAX = 64

const NO_FIELD: FieldDraft = {
  label: '',
  key: '',
  kind: 'short_text',
  choices: [],
  is_required: false,
  is_visible: true,
}

export function fieldDraft(field: CustomField | undefined): FieldDraft {
  if (!field) return NO_FIELD
  const { label, key, choices, is_required, is_visible } = field
  return { label, key, kind: kindOf(field), choices, is_required, is_visible }
}

/** A key made of a label: "Loyalty points (2026)" is `loyalty_points_2026`, "Straße" is `strasse`. */
export function keyOf(label: string): string {
  const plain = label.toLowerCase().replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '')
  const key = plain.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return (/^\d/.test(key) ? `field_${key}` : key).slice(0, KEY_LENGTH_MAX)
}

/** Choices belong to a choice alone. */
function choicesOf({ kind, choices }: FieldDraft): string[] {
  return kind === 'choice' ? choices : []
}

export function newField(draft: FieldDraft): Schemas['NewCustomField'] {
  return { ...draft, key: draft.key || keyOf(draft.label), choices: choicesOf(draft) }
}

/** Only what was changed; a key never changes. */
export function fieldChange(known: CustomField, draft: FieldDraft): Schemas['CustomFieldChange'] {
  const was = fieldDraft(known)
  const choices = choicesOf(draft)
  return {
    version: known.version,
    ...(draft.label !== was.label && { label: draft.label }),
    ...(draft.kind !== was.kind && { kind: draft.kind }),
    ...(choices.join('\n') !== was.choices.join('\n') && { choices }),
    ...(draft.is_required !== was.is_required && { is_required: draft.is_required }),
    ...(draft.is_visible !== was.is_visible && { is_visible: draft.is_visible }),
  }
}

export type Step = -1 | 1
export type Placed = Pick<CustomField, 'id' | 'version' | 'position'>

/** The changes that move a field by one place; those whose place stays are not touched. */
export function moved(fields: Placed[], id: string, step: Step): Placed[] {
  const from = fields.findIndex(field => field.id === id)
  const to = from + step
  const [field, other] = [fields[from], fields[to]]
  if (!field || !other) return []
  const next = fields.with(to, field).with(from, other)
  return next
    .map((it, position) => ({ id: it.id, version: it.version, position, was: it.position }))
    .filter(it => it.position !== it.was)
    .map(({ was: _, ...change }) => change)
}
