/** What may be behind a low success rate: the guide's four causes, with the figures that speak for them. */
import type { Schemas } from '@/api/client'

/** The success rate below which hints are shown, and how many people must have been called before it means something. */
const LOW_RATE = 50
const CALLED_LEAST = 20
/** Shares of the ended calls, in percent, from which a figure speaks for a cause. */
const FAILED_MANY = 15
const UNANSWERED_MANY = 35
/** Business hours as the guide has them. */
const BUSINESS = { start: '09:00', end: '17:00' }
/** The guide: keep messages under this. Seconds. */
export const MESSAGE_LONG_S = 30

export type HintWord = 'numbers' | 'numbersSeen' | 'hours' | 'hoursSeen' | 'length' | 'caller' | 'callerSeen'
export type Hint = { word: HintWord; percent?: number; seconds?: number }

type Facts = {
  campaign: Pick<Schemas['Campaign'], 'calling_hours' | 'recipient_hours' | 'caller_ids'>
  progress: Schemas['Progress']
  /** How long the message is, when it is known. */
  messageSeconds: number | undefined
}

/** Empty while the rate is fine, or too few were called to say. What the figures speak for comes first. */
export function hints({ campaign, progress, messageSeconds }: Facts): Hint[] {
  const rate = progress.success_rate
  if (rate === null || rate === undefined || rate >= LOW_RATE || progress.called < CALLED_LEAST) return []
  const outcomes = progress.outcomes
  const ended = Object.values(outcomes).reduce((sum, value) => sum + value, 0)
  const part = (calls: number) => (ended === 0 ? 0 : (calls / ended) * 100)
  const failed = part(outcomes.failed)
  const unanswered = part(outcomes.no_answer)
  const screened = part(outcomes.no_answer + outcomes.voicemail)
  const found: Hint[] = [
    failed >= FAILED_MANY ? { word: 'numbersSeen', percent: failed } : { word: 'numbers' },
    unanswered >= UNANSWERED_MANY && beyondBusiness(campaign)
      ? { word: 'hoursSeen', percent: unanswered }
      : { word: 'hours' },
    screened >= UNANSWERED_MANY && campaign.caller_ids.length <= 1
      ? { word: 'callerSeen', percent: screened }
      : { word: 'caller' },
  ]
  if (messageSeconds !== undefined && messageSeconds > MESSAGE_LONG_S) {
    found.push({ word: 'length', seconds: Math.round(messageSeconds) })
  }
  return found.sort((a, b) => Number(hasFigure(b)) - Number(hasFigure(a)))
}

function hasFigure(hint: Hint): boolean {
  return hint.percent !== undefined || hint.seconds !== undefined
}

/** Whether people may be called before or after business hours. */
function beyondBusiness(campaign: Facts['campaign']): boolean {
  const windows = [campaign.calling_hours, campaign.recipient_hours.enabled ? campaign.recipient_hours : null]
  return windows.every(hours => !hours || hours.start < BUSINESS.start || hours.end > BUSINESS.end)
}
