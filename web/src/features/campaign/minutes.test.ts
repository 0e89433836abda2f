/** The line never falls at its end only because a minute is young. */
import { describe, expect, it } from 'vitest'
import { progressOf } from '@/testing/progress'
import { isOld, points } from './minutes'

const minutes = [
  { at: '2026-11-22T14:00:00Z', started: 60, answered: 30, ended: 60 },
  { at: '2026-11-22T14:01:00Z', started: 62, answered: 31, ended: 50 },
  { at: '2026-11-22T14:02:00Z', started: 5, answered: 0, ended: 0 },
]
const at = (instant: string, rate = 61) => progressOf({ as_of: instant, calls_per_minute: rate })

describe('points', () => {
  it('shows the last sixty seconds in place of the minute that is not over', () => {
    const line = points(minutes, at('2026-11-22T14:02:08Z'))
    expect(line.map(point => point.started)).toEqual([60, 62, 61])
    expect(line.at(-1)?.answered).toBeNull()
  })

  it('takes a minute as whole once it is over', () => {
    expect(points(minutes, at('2026-11-22T14:03:00Z')).map(point => point.started)).toEqual([60, 62, 5, 61])
  })

  it('begins a minute before the first call, but is ten minutes long at least', () => {
    const many = Array.from({ length: 60 }, (_, minute) => ({
      at: new Date(Date.UTC(2026, 10, 22, 13, minute)).toISOString(),
      started: minute < 30 ? 0 : 5,
      answered: 0,
      ended: 0,
    }))
    expect(points(many, at('2026-11-22T14:00:00Z'))).toHaveLength(32)
    const young = many.map((minute, index) => ({ ...minute, started: index < 58 ? 0 : 5 }))
    expect(points(young, at('2026-11-22T14:00:00Z'))).toHaveLength(11)
    const silent = many.map(minute => ({ ...minute, started: 0 }))
    expect(points(silent, at('2026-11-22T14:00:00Z'))).toHaveLength(11)
  })

  it('shows whole minutes alone while there are no figures', () => {
    expect(points(minutes, undefined).map(point => point.started)).toEqual([60, 62])
    expect(points([], undefined)).toEqual([])
  })
})

describe('isOld', () => {
  it('is true once the last minute is over', () => {
    expect(isOld(minutes, at('2026-11-22T14:02:59Z'))).toBe(false)
    expect(isOld(minutes, at('2026-11-22T14:03:00Z'))).toBe(true)
    expect(isOld([], at('2026-11-22T14:03:00Z'))).toBe(false)
  })
})
