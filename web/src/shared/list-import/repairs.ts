/** Damage by spreadsheets: what is mended, what a person may accept, and what was accepted. Pure. */
import type { Schemas } from '@/api/client'

type Look = Schemas['LookView']
export type Repair = Schemas['RepairView']

/** Proposals that somebody accepted: every one of a kind, or those of single rows. */
export type Accepted = { kinds: string[]; rows: number[] }

export const NOTHING_ACCEPTED: Accepted = { kinds: [], rows: [] }
/** So many single rows the API takes; of more, the whole kind is meant. */
export const ACCEPTED_ROWS_MAX = 1_000

/** Kinds of damage that have words of ours; tested against the domain. */
export const DAMAGES = [
  'exponent',
  'plus_lost',
  'zero_lost',
  'apostrophe',
  'several_numbers',
  'shifted_columns',
] as const
export type Damage = (typeof DAMAGES)[number]

export function damageOf(what: string): Damage | undefined {
  return DAMAGES.find(known => known === what)
}

/** The same with a kind accepted, or not any more. */
export function withKind(accepted: Accepted, kind: string, isAccepted: boolean): Accepted {
  const others = accepted.kinds.filter(it => it !== kind)
  return { ...accepted, kinds: isAccepted ? [...others, kind] : others }
}

/** The same with a row accepted, or not any more; one row too many changes nothing. */
export function withRow(accepted: Accepted, row: number, isAccepted: boolean): Accepted {
  const others = accepted.rows.filter(it => it !== row)
  if (isAccepted && others.length >= ACCEPTED_ROWS_MAX) return accepted
  return { ...accepted, rows: isAccepted ? [...others, row] : others }
}

/** What waits for a person, with what they accepted already, so that they can take it back; and what was certain. */
export function partsOf(look: Look, accepted: Accepted): { open: Repair[]; mended: Repair[] } {
  const isTaken = (repair: Repair) =>
    accepted.rows.includes(repair.row) || accepted.kinds.includes(repair.what)
  const isOpen = (repair: Repair) => !repair.is_applied || (!repair.is_certain && isTaken(repair))
  return { open: look.repairs.filter(isOpen), mended: look.repairs.filter(repair => !isOpen(repair)) }
}

/** Kinds that a person decides on: with proposals, or accepted before. */
export function kindsToDecide(look: Look, accepted: Accepted): Schemas['KindView'][] {
  return look.kinds.filter(kind => kind.proposed > 0 || accepted.kinds.includes(kind.what))
}
