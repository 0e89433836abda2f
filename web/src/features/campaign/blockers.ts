/** Which of the planner's reasons are known here by words; others are shown as the server says them. */
import type { Schemas } from '@/api/client'

const KINDS = [
  'recipient_hours',
  'calling_hours',
  'retry_wait',
  'daily_cap',
  'campaign_concurrent_calls',
  'concurrent_calls',
  'calls_per_second',
  'carrier_missing',
  'carrier_unavailable',
  'carrier_slow',
  'location_needed',
  'test_of_first',
  'useless_after',
  'finishing',
] as const

export type BlockerKind = (typeof KINDS)[number]

export function blockerKind(kind: string): BlockerKind | undefined {
  return KINDS.find(known => known === kind)
}

/** A limit that works as it was set is no fault; these need somebody to do something. */
const FAULTS: readonly string[] = ['carrier_missing', 'carrier_unavailable', 'location_needed']

export function needsSomebody(blocker: Schemas['Blocker']): boolean {
  return FAULTS.includes(blocker.kind)
}

/** What needs somebody first, then by how many people wait for it. */
export function inOrder(blockers: Schemas['Blocker'][]): Schemas['Blocker'][] {
  return [...blockers].sort(
    (a, b) => Number(needsSomebody(b)) - Number(needsSomebody(a)) || b.recipients - a.recipients,
  )
}

/** Openings written out one by one; people of later ones are told as a sum. */
const OPENINGS_SHOWN_MAX = 4

/** The next openings, and how many people wait for later ones. */
export function nextOpenings(blocker: Schemas['Blocker']): { shown: Schemas['Awaited'][]; later: number } {
  const shown = blocker.openings.slice(0, OPENINGS_SHOWN_MAX)
  const told = shown.reduce((sum, opening) => sum + opening.recipients, 0)
  return { shown, later: blocker.recipients - told }
}
