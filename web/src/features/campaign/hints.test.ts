/** Hints come with a low success rate, and the figures choose their order. */
import { describe, expect, it } from 'vitest'
import { progressOf } from '@/testing/progress'
import { hints } from './hints'

const campaign = {
  calling_hours: null,
  recipient_hours: { enabled: true, start: '08:00', end: '21:00' },
  caller_ids: [],
}
const low = { total: 200, called: 100, success_rate: 30 }

function words(progress: Parameters<typeof progressOf>[0], change: object = {}, messageSeconds?: number) {
  const found = hints({
    campaign: { ...campaign, ...change },
    progress: progressOf(progress),
    messageSeconds,
  })
  return found.map(hint => hint.word)
}

describe('hints', () => {
  it('says nothing while the rate is fine', () => {
    expect(words({ ...low, success_rate: 50 })).toEqual([])
    expect(words({ ...low, success_rate: null })).toEqual([])
  })

  it('says nothing while too few were called', () => {
    expect(words({ ...low, called: 19 })).toEqual([])
  })

  it("gives the guide's causes when no figure speaks for one", () => {
    expect(words({ ...low, outcomes: { answered: 30, busy: 70 } })).toEqual(['numbers', 'hours', 'caller'])
  })

  it('puts first what the figures speak for', () => {
    expect(words({ ...low, outcomes: { answered: 30, failed: 50, no_answer: 20 } })[0]).toBe('numbersSeen')
  })

  it('looks at the hours when many do not answer', () => {
    const progress = { ...low, outcomes: { answered: 30, no_answer: 70 } }
    expect(words(progress)).toContain('hoursSeen')
    const business = { calling_hours: { days: [], start: '09:00', end: '17:00', timezone: 'UTC' } }
    expect(words(progress, business)).toContain('hours')
  })

  it('looks at the caller number when machines and silence take the calls', () => {
    const progress = { ...low, outcomes: { answered: 30, voicemail: 60, no_answer: 10 } }
    expect(words(progress)).toContain('callerSeen')
    expect(words(progress, { caller_ids: ['+12025550100', '+12025550101'] })).toContain('caller')
  })

  it('names a message past thirty seconds', () => {
    expect(words(low, {}, 31)).toContain('length')
    expect(words(low, {}, 30)).not.toContain('length')
  })
})
