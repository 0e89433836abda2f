/** A recipient's story: moments in order, and one answer to "what now?" for every state. */
import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { answeredBy, moments, next, reasonWord } from './story'

const attempt: Schemas['Attempt'] = {
  id: 'a',
  recipient_id: 'r',
  number: 1,
  phone: '+12025550143',
  from: '+12025550100',
  state: 'ended',
  outcome: 'answered',
  placed_at: '2026-11-22T14:00:00Z',
  answered_at: '2026-11-22T14:00:12Z',
  ended_at: '2026-11-22T14:01:16Z',
}
const recipient: Schemas['Recipient'] = {
  id: 'r',
  contact_id: null,
  name: 'Ann',
  phone: '+12025550143',
  state: 'pending',
  reason: null,
  attempts: 0,
  outcome: null,
  due_at: null,
  timezones: [],
}
const retry: Schemas['Retry'] = { max_attempts: 3, delays_s: [3600], on: ['no_answer'] }

describe('moments', () => {
  it('tells seconds from when the call was placed', () => {
    expect(moments(attempt).map(it => [it.word, it.after])).toEqual([
      ['placed', 0],
      ['answered', 12],
      ['ended', 76],
    ])
  })

  it('tells a call that nobody answered, and one under way', () => {
    expect(moments({ ...attempt, answered_at: null }).map(it => it.word)).toEqual(['placed', 'unanswered'])
    expect(moments({ ...attempt, ended_at: null }).at(-1)).toEqual({
      word: 'underWay',
      at: null,
      after: null,
    })
  })

  it('tells since when it rang, where the carrier said so', () => {
    const rang = { ...attempt, ringing_at: '2026-11-22T14:00:04Z' }
    expect(moments(rang).map(it => it.word)).toEqual(['placed', 'ringing', 'answered', 'ended'])
    expect(moments(rang)[1]?.after).toBe(4)
  })

  it('never tells a time before the call, whatever two clocks say', () => {
    expect(moments({ ...attempt, answered_at: '2026-11-22T13:59:59Z' })[1]?.after).toBe(0)
  })
})

describe('next', () => {
  const due = '2026-11-22T15:00:00Z'
  it.each([
    [{}, 'inTurn'],
    [{ due_at: due }, 'dueAt'],
    [{ state: 'dialing' }, 'calling'],
    [{ state: 'retrying', attempts: 1, outcome: 'busy', due_at: due }, 'retryAt'],
    [{ state: 'retrying', attempts: 1, outcome: 'busy' }, 'retrySoon'],
    [{ state: 'completed', attempts: 1, outcome: 'answered' }, 'reached'],
    [{ state: 'failed', attempts: 3, outcome: 'busy' }, 'usedUp'],
    [{ state: 'failed', attempts: 1, outcome: 'failed' }, 'notRetried'],
    [{ state: 'failed', attempts: 1, reason: 'not_known' }, 'reason'],
    [{ state: 'suppressed', reason: 'do_not_call' }, 'reason'],
  ] as const)('of %o is %s', (change, word) => {
    expect(next({ ...recipient, ...change }, retry).word).toBe(word)
  })

  it('counts the attempt that is due', () => {
    expect(next({ ...recipient, state: 'retrying', attempts: 2, outcome: 'busy' }, retry).attempt).toBe(3)
  })
})

describe('words of the API', () => {
  it('are kept when they are known and dropped when not', () => {
    expect([answeredBy('machine'), answeredBy(null)]).toEqual(['machine', undefined])
    expect([reasonWord('stopped'), reasonWord('whim')]).toEqual(['stopped', undefined])
  })
})
