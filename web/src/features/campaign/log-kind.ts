/** Which entries of the log are said in the reader's language; others carry figures or reasons and are shown as written. */
import type { Schemas } from '@/api/client'

const KINDS = ['created', 'edited', 'started', 'paused', 'resumed', 'stopped', 'completed'] as const

/** What the log says when a person paused; anything else is the reason for which a campaign paused itself. */
const PAUSED_BY_A_PERSON = 'Paused: no calls are placed'

export function logKind(
  item: Pick<Schemas['LogItem'], 'kind' | 'message'>,
): (typeof KINDS)[number] | undefined {
  if (item.kind === 'paused' && item.message !== PAUSED_BY_A_PERSON) return undefined
  return KINDS.find(known => known === item.kind)
}

/** How many recipients an entry tells of, when that is what it tells. */
export function addedCount(item: Pick<Schemas['LogItem'], 'kind' | 'message'>): number | undefined {
  if (item.kind !== 'recipients_added') return undefined
  const [, figure] = /^Added (\d+) recipients$/.exec(item.message) ?? []
  return figure === undefined ? undefined : Number(figure)
}
