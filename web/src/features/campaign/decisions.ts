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
  | { word: 'suppressed'; at: string }
  | { word: 'due'; reason: DueReason; at: string }
  | { word: 'held'; kind: BlockerKind | undefined; message: string; at: string | undefined }

export function dueReason(word: string | null | undefined): DueReason | undefined {
  return DUE_REASONS.find(known => known === word)
}

export function decisions(story: Story): Decision[] {
  const found: Decision[] = []
  if (story.enrolled_at) found.push({ word: 'enrolled', at: story.enrolled_at })
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
