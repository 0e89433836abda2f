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
