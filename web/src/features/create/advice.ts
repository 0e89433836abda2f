/** The guide's best practices, looked for in a campaign. Advice never blocks. Pure. */
import type { Campaign } from './draft'
import { messageSeconds, type PlanFacts } from './plan'
import type { Step } from './steps'
import { fieldsOf, parse } from './template'

export type Advice = {
  word:
    | 'test'
    | 'sunday'
    | 'long'
    | 'company'
    | 'optOut'
    | 'retrySoon'
    | 'manyAttempts'
    | 'ring'
    | 'hours'
    | 'machines'
  step: Step
  n: number
}

/** "Start with small test campaign (50-100 contacts)". */
const TEST_PEOPLE = 100
/** "Keep TTS messages under 30 seconds". */
export const ADVISED_SECONDS = 30
/** "Space out retry attempts (min 1 hour)". Seconds. */
const ADVISED_DELAY_S = 3_600
/** "Limit retry attempts (don't exceed 3)". */
const ADVISED_ATTEMPTS = 3
/** "Set appropriate call timeout (30s recommended)". */
const ADVISED_RING_S = 30

export type AdviceFacts = PlanFacts & { now: Date; timezone: string }

export function advice(campaign: Campaign, facts: AdviceFacts): Advice[] {
  const seconds = messageSeconds(campaign, facts) ?? 0
  const soonest = Math.min(...delays(campaign))
  const table: [boolean, Advice['word'], Step, number][] = [
    [(facts.callable ?? 0) > TEST_PEOPLE, 'test', 'review', facts.callable ?? 0],
    [isToday(campaign) && isSunday(facts) && !avoidsSunday(campaign), 'sunday', 'schedule', 0],
    [!campaign.recipient_hours.enabled, 'hours', 'schedule', 0],
    [seconds > ADVISED_SECONDS, 'long', 'call', seconds],
    [!saysCompany(campaign, facts.organization), 'company', 'call', 0],
    [!campaign.opt_out.enabled, 'optOut', 'call', 0],
    [campaign.answering_machine === 'off', 'machines', 'call', 0],
    [campaign.ring_timeout_s < ADVISED_RING_S, 'ring', 'call', campaign.ring_timeout_s],
    [soonest < ADVISED_DELAY_S, 'retrySoon', 'retry', soonest],
    [triesOften(campaign), 'manyAttempts', 'retry', campaign.retry.max_attempts],
  ]
  return table.filter(([holds]) => holds).map(([, word, step, n]) => ({ word, step, n }))
}

/** The delays that are used at all. */
function delays({ retry }: Campaign): number[] {
  if (retry.on.length === 0) return []
  return retry.delays_s.slice(0, retry.max_attempts - 1)
}

function triesOften({ retry }: Campaign): boolean {
  return retry.on.length > 0 && retry.max_attempts > ADVISED_ATTEMPTS
}

/** Launched by hand: what day it is matters. */
function isToday({ schedule }: Campaign): boolean {
  return schedule.kind === 'manual'
}

function isSunday({ now, timezone }: AdviceFacts): boolean {
  return new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: timezone }).format(now) === 'Sun'
}

function avoidsSunday({ calling_hours }: Campaign): boolean {
  return calling_hours ? !calling_hours.days.includes('sun') : false
}

/** A spoken text that never says who calls; what a recording says is not known. */
function saysCompany({ message }: Campaign, organization: string): boolean {
  if (message?.kind !== 'tts' || !message.text?.trim()) return true
  const { parts } = parse(message.text)
  if (!parts || fieldsOf(parts).includes('organization_name')) return true
  return message.text.toLowerCase().includes(organization.toLowerCase())
}
