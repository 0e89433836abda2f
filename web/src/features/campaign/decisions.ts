/** The rules' decisions about a recipient, oldest first: what was decided, when it was or until when it holds. Pure. */
import type { Schemas } from '@/api/client'
import { type BlockerKind, blockerKind } from './blockers'

export type Story = Schemas['RecipientStory']

const DUE_REASONS = [
  'retry_delay',
  'not_placed',
  'recipient_hours',
  'calling_hours',
  'daily_cap',
  'number_in_use',
  'test_of_first',
] as const
export type DueReason = (typeof DUE_REASONS)[number]

export type Decision =
  | { word: 'enrolled'; at: string }
  | { word: 'zones'; clues: ZoneClue[]; at: undefined }
  | { word: 'suppressed'; at: string }
  | { word: 'due'; reason: DueReason; at: string }
  | { word: 'held'; kind: BlockerKind | undefined; message: string; at: string | undefined }

export function dueReason(word: string | null | undefined): DueReason | undefined {
  return DUE_REASONS.find(known => known === word)
}

const CLUES = ['number', 'postal_code', 'state', 'imported', 'stated'] as const
/** What says where somebody may be, the first zones that it gives, and how many more there are. */
export type ZoneClue = { clue: (typeof CLUES)[number]; zones: string[]; more: number }

/** Zones of one clue that are named; a number bound to no place may be in all of a continent's. */
const ZONES_NAMED = 3

function zoneClues(story: Story): ZoneClue[] {
  return (story.timezones_from ?? []).flatMap(({ clue, timezones }) => {
    const known = CLUES.find(word => word === clue)
    if (!known) return []
    const zones = timezones.slice(0, ZONES_NAMED).map(zone => zone.replaceAll('_', ' '))
    return [{ clue: known, zones, more: timezones.length - zones.length }]
  })
}

export function decisions(story: Story): Decision[] {
  const found: Decision[] = []
  if (story.enrolled_at) found.push({ word: 'enrolled', at: story.enrolled_at })
  const clues = zoneClues(story)
  if (clues.length > 0) found.push({ word: 'zones', clues, at: undefined })
  if (story.suppressed_at) found.push({ word: 'suppressed', at: story.suppressed_at })
  const reason = dueReason(story.due_reason)
  if (reason && story.due_at) found.push({ word: 'due', reason, at: story.due_at })
  const held = story.held_by
  // Why it is due then and what holds it may be the same hours; said once.
  if (held && held.kind !== reason) {
    found.push({
      word: 'held',
      kind: blockerKind(held.kind),
      message: held.message,
      at: held.until ?? undefined,
    })
  }
  return found
}
