/** The sentence on top: is it going well, and when will it end. Pure; words and formats come from outside. */
import type { Schemas } from '@/api/client'
import type { en } from '@/i18n/en'

type Words = keyof typeof en.campaign.sentence
type Base<W> = W extends `${infer Word}_one` | `${infer Word}_other` ? Word : W
export type SentenceWord = Base<Words>
export type Part = { word: SentenceWord; values?: Record<string, string | number> }

export type Facts = {
  campaign: Pick<Schemas['Campaign'], 'status' | 'ended_by' | 'finished_at'>
  progress: Schemas['Progress']
  /** The lower of the campaign's and the organization's limit of calls at once, when it is known. */
  callsAtOnce: number | undefined
  explanation: Schemas['Explanation'] | undefined
  /** When a scheduled campaign runs next, in words; undefined while it is not known. */
  next?: string
}

export type Say = { n: (value: number) => string; at: (instant: string) => string }

export function sentence(facts: Facts, say: Say): Part[] {
  const { campaign, progress } = facts
  switch (campaign.status) {
    case 'draft':
      return [{ word: 'draft' }, enrolled(progress.total, say)]
    case 'scheduled':
      return [scheduled(facts), enrolled(progress.total, say)]
    case 'active':
      return active(facts, say)
    case 'paused':
    case 'failed':
      return [{ word: campaign.status }, ...held(progress, say)]
    case 'completed':
      return completed(facts, say)
  }
}

function scheduled({ next }: Facts): Part {
  return next === undefined ? { word: 'scheduled' } : { word: 'nextRun', values: { at: next } }
}

function people(word: SentenceWord, value: number, say: Say): Part {
  return { word, values: { count: value, n: say.n(value) } }
}

function enrolled(total: number, say: Say): Part {
  return total === 0 ? { word: 'empty' } : people('enrolled', total, say)
}

function active(facts: Facts, say: Say): Part[] {
  const { progress, explanation } = facts
  const waiting = progress.remaining + progress.retrying
  if (progress.total === 0) return [{ word: 'empty' }]
  if (waiting === 0 && progress.dialing > 0) return [people('lastCalls', progress.dialing, say)]
  if (progress.dialing === 0 && progress.remaining === 0 && progress.retrying > 0) {
    return [people('waitRetry', progress.retrying, say), ...goesOn(explanation, say)]
  }
  if (isQuiet(progress, explanation)) return [{ word: 'notDialing' }, ...goesOn(explanation, say)]
  const ends: Part[] = progress.estimated_end
    ? [{ word: 'ends', values: { at: say.at(progress.estimated_end) } }]
    : []
  return [dialing(facts, say), ...ends]
}

/** What slows dialing without holding it: between two calls nobody may be on the phone for a moment. */
const SLOWS: readonly string[] = [
  'calls_per_second',
  'campaign_concurrent_calls',
  'concurrent_calls',
  'carrier_slow',
]

/** Whether a campaign stands still, and does not only breathe between two calls. */
export function isQuiet(
  progress: Schemas['Progress'],
  explanation: Schemas['Explanation'] | undefined,
): boolean {
  if (progress.dialing > 0) return false
  if (progress.calls_per_minute === 0) return explanation?.dialing !== true
  if (!explanation || explanation.dialing) return false
  return !explanation.blockers.some(blocker => SLOWS.includes(blocker.kind))
}

function dialing({ progress, callsAtOnce }: Facts, say: Say): Part {
  const values = {
    count: progress.dialing,
    n: say.n(progress.dialing),
    rate: say.n(progress.calls_per_minute),
  }
  if (callsAtOnce === undefined) return { word: 'dialingOpen', values }
  return { word: 'dialing', values: { ...values, limit: say.n(callsAtOnce) } }
}

/** When the first of those things ends that hold it, if one of them ends by itself. */
function goesOn(explanation: Schemas['Explanation'] | undefined, say: Say): Part[] {
  const holds = (explanation?.blockers ?? []).filter(blocker => !SLOWS.includes(blocker.kind))
  const untils = holds.flatMap(blocker => blocker.until ?? [])
  const [first] = untils.sort()
  return first === undefined ? [] : [{ word: 'goesOn', values: { at: say.at(first) } }]
}

function held(progress: Schemas['Progress'], say: Say): Part[] {
  const waiting = progress.remaining + progress.retrying
  return [
    ...(progress.dialing > 0 ? [people('underWay', progress.dialing, say)] : []),
    ...(waiting > 0 ? [people('waiting', waiting, say)] : []),
  ]
}

function completed({ campaign, progress }: Facts, say: Say): Part[] {
  const word = campaign.ended_by === 'stopped' ? 'stopped' : 'completed'
  const at = campaign.finished_at
  const over: Part = at ? { word: `${word}At`, values: { at: say.at(at) } } : { word }
  if (progress.total === 0) return [over, { word: 'empty' }]
  const notCalled = progress.total - progress.called
  const values = { count: progress.called, n: say.n(progress.completed), called: say.n(progress.called) }
  return [
    over,
    progress.called === 0 ? { word: 'nobodyCalled' } : { word: 'reached', values },
    ...(notCalled > 0 && progress.called > 0 ? [people('notCalled', notCalled, say)] : []),
    ...(progress.dialing > 0 ? [people('underWay', progress.dialing, say)] : []),
  ]
}

/** The lower of two limits; one that is not set limits nothing. */
export function lowest(own: number | null | undefined, organization: number | undefined): number | undefined {
  if (own === null || own === undefined) return organization
  return organization === undefined ? own : Math.min(own, organization)
}
