/**
 * What was typed into the draft and is not on the server yet. Pure: a table of members over the campaign as the server
 * has it. A member that was refused is kept and shown, but not sent again until it is changed.
 */
import type { Schemas } from '@/api/client'

export type Campaign = Schemas['Campaign']
type Edit = Omit<Schemas['CampaignEdit'], 'version'>
/** Members that the pages edit. */
export type Member = keyof Edit & keyof Campaign
export type Typed = Partial<Pick<Campaign, Member>>
export type FieldProblem = { field: string; message: string }

export type Draft = {
  typed: Typed
  /** Values that the server has refused, or that are only kept here; they wait for another change. */
  held: Typed
  problems: FieldProblem[]
}

export const NOTHING_TYPED: Draft = { typed: {}, held: {}, problems: [] }

/** The member that a field is, or is a part of. */
export function memberOf(field: string): string {
  return field.split(/[.[]/, 1)[0] ?? field
}

function without<T extends object>(from: T, drop: (name: string, value: unknown) => boolean): T {
  // `fromEntries` forgets the names; what is left has the type of what it was taken from.
  return Object.fromEntries(Object.entries(from).filter(([name, value]) => !drop(name, value))) as T
}

/** Something was typed: it counts at once, and what was said against its older value is forgotten. */
export function changed(draft: Draft, change: Typed): Draft {
  const names = Object.keys(change)
  return {
    typed: { ...draft.typed, ...change },
    held: without(draft.held, name => names.includes(name)),
    problems: draft.problems.filter(problem => !names.includes(memberOf(problem.field))),
  }
}

/** The members to send now. */
export function unsent(draft: Draft): Typed {
  return without(draft.typed, (name, value) => draft.held[name as Member] === value)
}

export function isUnsent(draft: Draft): boolean {
  return Object.keys(unsent(draft)).length > 0
}

/** A spoken text of which nothing is written yet is no message to the server; voice and speed are kept here. */
function isBlank(message: Campaign['message']): boolean {
  if (!message) return false
  return message.kind === 'tts' ? !message.text?.trim() : !message.audio_id
}

/** How the members go over the wire. */
export function onWire(members: Typed): Typed {
  return isBlank(members.message) ? { ...members, message: null } : members
}

/** The server has taken these members; what was typed since stays. */
export function taken(draft: Draft, sent: Typed): Draft {
  const blank = isBlank(sent.message) && draft.typed.message === sent.message
  return {
    ...draft,
    typed: without(draft.typed, (name, value) => {
      if (name === 'message' && blank) return false
      return name in sent && sent[name as Member] === value
    }),
    held: blank ? { ...draft.held, message: sent.message } : draft.held,
  }
}

/** The server has refused these members for these reasons. Those that it did not name are sent again without them. */
export function refused(draft: Draft, sent: Typed, problems: FieldProblem[]): Draft {
  const named = problems.map(problem => memberOf(problem.field))
  const isNamed = Object.keys(sent).some(name => named.includes(name))
  const held = isNamed ? without(sent, name => !named.includes(name)) : sent
  return { ...draft, held: { ...draft.held, ...held }, problems: merge(draft.problems, problems) }
}

function merge(old: FieldProblem[], more: FieldProblem[]): FieldProblem[] {
  return [...old.filter(it => !more.some(other => other.field === it.field)), ...more]
}

/** The campaign as the page shows it. */
export function shown(campaign: Campaign, draft: Draft): Campaign {
  return { ...campaign, ...draft.typed }
}
