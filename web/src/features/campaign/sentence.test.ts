/** The sentence on top of a campaign, in every status and at both ends of the scale. */
import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import { progressOf } from '@/testing/progress'
import { type Facts, lowest, sentence } from './sentence'

const say = { n: (value: number) => value.toLocaleString('en-US'), at: () => '14:20' }
const NO_CAMPAIGN = { status: 'active', ended_by: null, finished_at: null } as const

function said(facts: Partial<Omit<Facts, 'campaign'>> & { campaign?: Partial<Facts['campaign']> }): string {
  const all = {
    progress: progressOf({}),
    callsAtOnce: 100,
    explanation: undefined,
    ...facts,
    campaign: { ...NO_CAMPAIGN, ...facts.campaign },
  }
  return sentence(all, say)
    .map(part => i18next.t(`campaign.sentence.${part.word}`, part.values ?? {}))
    .join(' ')
}

const running = progressOf({
  total: 12_000,
  called: 8_214,
  remaining: 3_786,
  dialing: 38,
  calls_per_minute: 62,
  estimated_end: '2026-11-22T14:20:00Z',
})

describe('an active campaign', () => {
  it('says how many calls of how many, how fast, and when it ends', () => {
    expect(said({ progress: running })).toBe(
      'Dialing 38 of 100 calls at once, 62 a minute. Ends about 14:20.',
    )
  })

  it('leaves out the limit and the end when they are not known', () => {
    const progress = { ...running, dialing: 1, estimated_end: null }
    expect(said({ progress, callsAtOnce: undefined })).toBe('Dialing 1 call at once, 62 a minute.')
  })

  it('says when it goes on while nothing is dialed', () => {
    const progress = progressOf({ total: 10, remaining: 10 })
    const blocker = {
      kind: 'recipient_hours',
      recipients: 10,
      message: '',
      until: '2026-11-23T14:00:00Z',
      openings: [],
    }
    expect(said({ progress, explanation: { dialing: false, blockers: [blocker] } })).toBe(
      'Not dialing now; the panel below says why. Goes on about 14:20.',
    )
  })

  it('goes on saying that it dials while it breathes between two calls', () => {
    const progress = progressOf({ total: 10, remaining: 8, calls_per_minute: 30 })
    const rate = {
      kind: 'calls_per_second',
      recipients: 8,
      message: '',
      until: '2026-11-22T14:00:02Z',
      openings: [],
    }
    expect(said({ progress, explanation: { dialing: false, blockers: [rate] } })).toBe(
      'Dialing 0 of 100 calls at once, 30 a minute.',
    )
  })

  it('says that only retries are left', () => {
    const progress = progressOf({ total: 10, called: 10, completed: 8, retrying: 2, calls_per_minute: 3 })
    expect(said({ progress })).toBe('Everybody was called; 2 people wait for a retry.')
  })

  it('says that the last calls are under way', () => {
    const progress = progressOf({ total: 10, called: 10, completed: 9, dialing: 1 })
    expect(said({ progress })).toBe('Nobody is left to call; the last call is under way.')
  })

  it('does not dial an empty list', () => {
    expect(said({})).toBe('Nobody is enrolled.')
  })

  it('writes a million with separators', () => {
    const progress = progressOf({
      total: 1_000_000,
      remaining: 1_000_000,
      dialing: 10_000,
      calls_per_minute: 60_000,
    })
    expect(said({ progress, callsAtOnce: 10_000 })).toBe(
      'Dialing 10,000 of 10,000 calls at once, 60,000 a minute.',
    )
  })
})

describe('other statuses', () => {
  it('says how many are enrolled in a draft', () => {
    expect(said({ campaign: { status: 'draft' }, progress: progressOf({ total: 1 }) })).toBe(
      'A draft: nobody is called until it is launched. 1 person is enrolled.',
    )
  })

  it('says when a scheduled one runs next', () => {
    const campaign = { status: 'scheduled' } as const
    const progress = progressOf({ total: 2 })
    expect(said({ campaign, progress, next: 'Mon, Dec 7, 2026, 09:00 (New York)' })).toBe(
      'Scheduled: the next run begins Mon, Dec 7, 2026, 09:00 (New York). 2 people are enrolled.',
    )
    expect(said({ campaign, progress })).toBe('Scheduled: waiting for its start. 2 people are enrolled.')
  })

  it('says what goes on and who waits when it is paused', () => {
    const progress = progressOf({ total: 100, remaining: 60, retrying: 4, dialing: 3 })
    expect(said({ campaign: { status: 'paused' }, progress })).toBe(
      'Paused: no calls are placed. 3 calls are still under way. 64 people wait to be called.',
    )
  })

  it('gives the result when the list is done', () => {
    const campaign = {
      status: 'completed',
      ended_by: 'list_done',
      finished_at: '2026-11-22T14:20:00Z',
    } as const
    const progress = progressOf({ total: 10, called: 9, completed: 6, failed: 3, suppressed: 1 })
    expect(said({ campaign, progress })).toBe(
      'Completed 14:20. 6 of the 9 people called were reached. 1 person was not called.',
    )
  })

  it('says that nobody was called when it was stopped before', () => {
    const campaign = { status: 'completed', ended_by: 'stopped', finished_at: null } as const
    expect(said({ campaign, progress: progressOf({ total: 10, suppressed: 10 }) })).toBe(
      'Stopped. Nobody was called.',
    )
  })
})

describe('lowest', () => {
  it('takes the lower of two limits, and one alone when there is only one', () => {
    expect(lowest(50, 100)).toBe(50)
    expect(lowest(500, 100)).toBe(100)
    expect(lowest(null, 100)).toBe(100)
    expect(lowest(50, undefined)).toBe(50)
    expect(lowest(undefined, undefined)).toBeUndefined()
  })
})
