/** The time line of the guide's example, and what inputs make of a policy. */
import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { delaysOf, timeline, unitOf, withAttempts, withCondition, withDelay } from './retry'

const GUIDE: Schemas['Retry'] = { max_attempts: 3, delays_s: [3_600, 14_400], on: ['no_answer', 'busy'] }

describe('timeline', () => {
  it('draws the example of the guide', () => {
    expect(timeline(GUIDE)).toEqual([
      { number: 1, waits_s: 0, after_s: 0 },
      { number: 2, waits_s: 3_600, after_s: 3_600 },
      { number: 3, waits_s: 14_400, after_s: 18_000 },
    ])
  })

  it('repeats the last wait', () => {
    expect(delaysOf({ ...GUIDE, max_attempts: 5, delays_s: [900, 1_800] })).toEqual([
      900, 1_800, 1_800, 1_800,
    ])
    expect(delaysOf({ ...GUIDE, max_attempts: 2, delays_s: [] })).toEqual([3_600])
  })

  it('has one attempt when nothing is tried again', () => {
    expect(timeline({ ...GUIDE, on: [] })).toHaveLength(1)
    expect(timeline({ ...GUIDE, max_attempts: 1 })).toHaveLength(1)
  })
})

describe('inputs', () => {
  it('change the number of attempts', () => {
    expect(withAttempts(GUIDE, 5).delays_s).toEqual([3_600, 14_400, 14_400, 14_400])
    expect(withAttempts(GUIDE, 2).delays_s).toEqual([3_600])
    expect(withAttempts(GUIDE, 1).delays_s).toEqual([3_600])
  })

  it('change one wait', () => {
    expect(withDelay({ ...GUIDE, delays_s: [900] }, 1, 1_800).delays_s).toEqual([900, 1_800])
  })

  it('change conditions, in one order', () => {
    expect(withCondition(GUIDE, 'failed', true).on).toEqual(['no_answer', 'busy', 'failed'])
    expect(withCondition(GUIDE, 'no_answer', false).on).toEqual(['busy'])
  })

  it('show hours where they are whole', () => {
    expect([900, 5_400, 3_600, 86_400].map(unitOf)).toEqual(['minutes', 'minutes', 'hours', 'hours'])
  })
})
