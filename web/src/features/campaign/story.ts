/** One recipient's story as moments and sentences. Pure: instants stay instants, words are keys. */
import type { Schemas } from '@/api/client'

type Attempt = Schemas['Attempt']
type Recipient = Schemas['Recipient']

export type MomentWord = 'placed' | 'ringing' | 'answered' | 'ended' | 'unanswered' | 'underWay'
/** `after` is in seconds from when the call was placed. */
export type Moment = { word: MomentWord; at: string | null; after: number | null }

function after(attempt: Attempt, at: string): number {
  return Math.max(0, (Date.parse(at) - Date.parse(attempt.placed_at)) / 1000)
}

/** What happened in a call, second by second. */
export function moments(attempt: Attempt): Moment[] {
  const told: Moment[] = [{ word: 'placed', at: attempt.placed_at, after: 0 }]
  if (attempt.ringing_at) {
    told.push({ word: 'ringing', at: attempt.ringing_at, after: after(attempt, attempt.ringing_at) })
  }
  if (attempt.answered_at) {
    told.push({ word: 'answered', at: attempt.answered_at, after: after(attempt, attempt.answered_at) })
  }
  if (attempt.ended_at) {
    const word = attempt.answered_at ? 'ended' : 'unanswered'
    told.push({ word, at: attempt.ended_at, after: after(attempt, attempt.ended_at) })
  } else {
    told.push({ word: 'underWay', at: null, after: null })
  }
  return told
}

const LISTENED = ['human', 'machine', 'fax', 'unknown'] as const

export function answeredBy(word: string | null | undefined): (typeof LISTENED)[number] | undefined {
  return LISTENED.find(known => known === word)
}

const REASONS = [
  'do_not_call',
  'no_consent',
  'invalid',
  'duplicate',
  'country_not_allowed',
  'expired',
  'removed',
  'stopped',
  'not_known',
  'number_impossible',
] as const
export type ReasonWord = (typeof REASONS)[number]

export function reasonWord(reason: string | null | undefined): ReasonWord | undefined {
  return REASONS.find(known => known === reason)
}

export type NextWord =
  | 'inTurn'
  | 'dueAt'
  | 'calling'
  | 'retryAt'
  | 'retrySoon'
  | 'reached'
  | 'usedUp'
  | 'notRetried'
  | 'reason'
export type Next = {
  word: NextWord
  dueAt?: string
  attempt?: number
  outcome?: Schemas['Outcome']
  reason?: ReasonWord
}

/** What comes next for a recipient, and why. */
export function next(recipient: Recipient, retry: Schemas['Retry']): Next {
  const { state, due_at: due } = recipient
  const outcome = recipient.outcome ?? undefined
  const reason = reasonWord(recipient.reason)
  switch (state) {
    case 'pending':
      return due ? { word: 'dueAt', dueAt: due } : { word: 'inTurn' }
    case 'dialing':
      return { word: 'calling' }
    case 'retrying': {
      const attempt = recipient.attempts + 1
      return due ? { word: 'retryAt', dueAt: due, attempt, outcome } : { word: 'retrySoon', attempt, outcome }
    }
    case 'completed':
      return { word: 'reached' }
    case 'suppressed':
      return { word: 'reason', reason }
    case 'failed':
      if (reason) return { word: 'reason', reason }
      return { word: recipient.attempts >= retry.max_attempts ? 'usedUp' : 'notRetried', outcome }
  }
}
