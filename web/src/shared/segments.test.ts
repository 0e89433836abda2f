/** Parts of the progress bar: all people are in it, nobody is too few to be seen. */
import { describe, expect, it } from 'vitest'
import { progressOf } from '@/testing/progress'
import { percentDone, segments } from './segments'

describe('segments', () => {
  it('is empty when nobody is enrolled', () => {
    expect(segments(progressOf({}))).toEqual([])
    expect(percentDone(progressOf({}))).toBe(0)
  })

  it('leaves out parts without people and fills the bar', () => {
    const parts = segments(progressOf({ total: 200, completed: 150, remaining: 50 }))
    expect(parts.map(part => [part.name, part.width])).toEqual([
      ['completed', 75],
      ['remaining', 25],
    ])
  })

  it('shows one person among a million', () => {
    const parts = segments(progressOf({ total: 1_000_000, failed: 1, remaining: 999_999 }))
    expect(parts[0]?.width).toBeGreaterThan(0.5)
    expect(parts.reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(100)
  })
})

describe('percentDone', () => {
  it('counts those who are completed, failed or suppressed', () => {
    expect(
      percentDone(progressOf({ total: 100, completed: 50, failed: 10, suppressed: 8, remaining: 32 })),
    ).toBe(68)
  })

  it('never says 100 while somebody is left', () => {
    expect(percentDone(progressOf({ total: 1_000_000, completed: 999_999, remaining: 1 }))).toBe(99)
  })
})
