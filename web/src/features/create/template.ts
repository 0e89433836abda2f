/**
 * A message with merge fields, as the server reads and renders it. Mirrors `crates/domain/src/message/template.rs`:
 * values are data, put in once and never looked at again. Lengths and places are counted in whole characters.
 */

/** The fields that every contact has, and the organization's name. */
export const CONTACT_FIELDS = [
  'first_name',
  'last_name',
  'name',
  'company',
  'organization_name',
  'phone',
  'email',
  'language',
  'postal_code',
  'state',
  'timezone',
] as const

/** The carrier's limit for one text, as the recipient hears it. */
export const RENDERED_LENGTH_MAX = 3_000
const TEMPLATE_LENGTH_MAX = 6_000
const FIELD_NAME_LENGTH_MAX = 64
const VALUE_LENGTH_MAX = 500
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

export type Part = { text: string } | { field: string; default: string | undefined }
export type TemplateError =
  | { word: 'notClosed' | 'notOpened' | 'nested'; position: number }
  | { word: 'badName'; position: number; name: string }
  | { word: 'tooLong'; max: number }
export type Parsed = { parts: Part[]; error?: undefined } | { parts?: undefined; error: TemplateError }
export type MergeFields = Record<string, string>
export type Rendered = { text: string; missing: string[]; isCut: boolean }

function length(text: string): number {
  return Array.from(text).length
}

function first(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('')
}

export function isFieldName(name: string): boolean {
  return FIELD_NAME.test(name) && name.length <= FIELD_NAME_LENGTH_MAX
}

/** Takes a text apart, or says what is wrong with it and at which character, counted from one. */
export function parse(text: string): Parsed {
  if (length(text) > TEMPLATE_LENGTH_MAX) return { error: { word: 'tooLong', max: TEMPLATE_LENGTH_MAX } }
  const parts: Part[] = []
  let at = 0
  while (at < text.length) {
    const step = text.startsWith('{{', at) ? field(text, at) : literal(text, at)
    if (step.error) return { error: step.error }
    parts.push(step.part)
    at = step.after
  }
  const literals = parts.reduce((sum, part) => sum + ('text' in part ? length(part.text) : 0), 0)
  if (literals > RENDERED_LENGTH_MAX) return { error: { word: 'tooLong', max: RENDERED_LENGTH_MAX } }
  return { parts }
}

type Step = { part: Part; after: number; error?: undefined } | { error: TemplateError }

function place(text: string, at: number): number {
  return length(text.slice(0, at)) + 1
}

function literal(text: string, at: number): Step {
  const open = text.indexOf('{{', at)
  const end = open === -1 ? text.length : open
  const close = text.slice(at, end).indexOf('}}')
  if (close !== -1) return { error: { word: 'notOpened', position: place(text, at + close) } }
  return { part: { text: text.slice(at, end) }, after: end }
}

function field(text: string, at: number): Step {
  const end = text.indexOf('}}', at + 2)
  if (end === -1) return { error: { word: 'notClosed', position: place(text, at) } }
  const inside = text.slice(at + 2, end)
  const nested = inside.indexOf('{{')
  if (nested !== -1) return { error: { word: 'nested', position: place(text, at + 2 + nested) } }
  const bar = inside.indexOf('|')
  const name = (bar === -1 ? inside : inside.slice(0, bar)).trim()
  if (!isFieldName(name)) {
    return {
      error: { word: 'badName', position: place(text, at), name: first(name, FIELD_NAME_LENGTH_MAX) },
    }
  }
  const fallback = bar === -1 ? undefined : inside.slice(bar + 1).trim()
  return { part: { field: name, default: fallback }, after: end + 2 }
}

/** The names of the fields, each once, in the order of their first use. */
export function fieldsOf(parts: Part[]): string[] {
  return [...new Set(parts.flatMap(part => ('field' in part ? [part.field] : [])))]
}

/** Breaks of lines are breaths; other control characters and those that XML cannot hold are dropped. */
function speakable(text: string): string {
  return text.replace(/[\n\r\t]/g, ' ').replace(/[\p{Cc}\ufffe\uffff]/gu, '')
}

/** Fills the fields in. An empty value counts as none. */
export function render(parts: Part[], fields: MergeFields): Rendered {
  const missing = new Set<string>()
  const filled = parts.map(part => {
    if ('text' in part) return part.text
    const value = fields[part.field]?.trim() || part.default
    if (value === undefined) missing.add(part.field)
    return first(value ?? '', VALUE_LENGTH_MAX)
  })
  const text = speakable(filled.join(''))
  const isCut = length(text) > RENDERED_LENGTH_MAX
  return { text: isCut ? first(text, RENDERED_LENGTH_MAX) : text, missing: [...missing], isCut }
}

/** A text with a field put in where the cursor is, and where the cursor stands afterwards. */
export function insert(text: string, name: string, from: number, to: number): { text: string; at: number } {
  const mark = `{{${name}}}`
  return { text: text.slice(0, from) + mark + text.slice(to), at: from + mark.length }
}

/** The names of fields that are used without a default somewhere. */
export function withoutDefault(parts: Part[]): string[] {
  return fieldsOf(parts.filter(part => 'field' in part && part.default === undefined))
}

/** What can be said instead of a name; other fields have no word that always fits. By language of the message. */
const FALLBACKS: Record<string, string> = { en: 'there' }
const NAMES = ['first_name', 'name']

/** A default to propose for a field; empty when only its writer can know one. */
export function fallbackFor(name: string, language: string): string {
  return NAMES.includes(name) ? (FALLBACKS[language.slice(0, 2)] ?? '') : ''
}

/** A text in which every bare use of a field has a default, and where the first one ends. */
export function giveDefault(text: string, name: string, fallback: string): { text: string; at: number } {
  // Field names are letters, digits and _: nothing in them means something to a pattern.
  const bare = new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`, 'g')
  const mark = `{{${name}|${fallback}}}`
  const first = text.search(bare)
  const next = text.replace(bare, () => mark)
  return { text: next, at: first === -1 ? next.length : first + mark.length - '}}'.length }
}
