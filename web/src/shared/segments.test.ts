/** Parts of the progress bar: all people are in it, nobody is too few to be seen. */
import { describe, expect, it } from 'vitest'
import { percentDone, segments } from './segments'

const NONE = {
  total: 0,
  called: 0,
  completed: 0,
  failed: 0,
  remaining: 0,
  retrying: 0,
  dialing: 0,
  suppressed: 0,
  attempts: 0,
  calls_per_minute: 0,
  success_rate: null,
  estimated_end: null,
  as_of: '2026-11-22T09:00:00Z',
  outcomes: {
    answered: 0,
    no_answer: 0,
    busy: 0,
    failed: 0,
    voicemail: 0,
    abandoned: 0,
    opted_out: 0,
    canceled: 0,
    unknown: 0,
  },
}

describe('segments', () => {
  it('is empty when nobody is enrolled', () => {
    expect(segments(NONE)).toEqual([])
    expect(percentDone(NONE)).toBe(0)
  })

  it('leaves out parts without people and fills the bar', () => {
    const parts = segments({ ...NONE, total: 200, completed: 150, remaining: 50 })
    expect(parts.map(part => [part.name, part.width])).toEqual([
      ['completed', 75],
      ['remaining', 25],
    ])
  })

  it('shows one person among a million', () => {
    const parts = segments({ ...NONE, total: 1_000_000, failed: 1, remaining: 999_999 })
    expect(parts[0]?.width).toBeGreaterThan(0.5)
    expect(parts.reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(100)
  })
})

describe('percentDone', () => {
  it('counts those who are completed, failed or suppressed', () => {
    expect(
      percentDone({ ...NONE, total: 100, completed: 50, failed: 10, suppressed: 8, remaining: 32 }),
    ).toBe(68)
  })

  it('never says 100 while somebody is left', () => {
    expect(percentDone({ ...NONE, total: 1_000_000, completed: 999_999, remaining: 1 })).toBe(99)
  })
})
