/** A list of a million rows: every row can be reached, steps go row by row, and nothing jumps by itself. */
import { describe, expect, it } from 'vitest'
import { BEGINNING, DRAWN_MAX, drawn, moved, type Place } from './far'

const ROW = 36
const TOTAL = 1_000_000 * ROW
const VIEW = 600

const at = (place: Place) => place.top + place.shift

describe('a list of a million rows', () => {
  it('is drawn no taller than browsers can', () => {
    expect(drawn(TOTAL)).toBe(DRAWN_MAX)
    expect(drawn(500 * ROW)).toBe(18_000)
  })

  it('ends with its last row at the end of the scroll bar, and begins with its first', () => {
    const end = moved(BEGINNING, DRAWN_MAX - VIEW, TOTAL, VIEW)
    expect(at(end)).toBe(TOTAL - VIEW)
    expect(at(moved(end, 0, TOTAL, VIEW))).toBe(0)
  })

  it('stands in the middle when the scroll bar does, within a section', () => {
    const middle = moved(BEGINNING, DRAWN_MAX / 2, TOTAL, VIEW)
    expect(middle.top).toBe(DRAWN_MAX / 2)
    expect(Math.abs(at(middle) - TOTAL / 2)).toBeLessThan(TOTAL / 100)
  })

  it('moves by as much as the wheel turns, wherever it stands', () => {
    for (const start of [0, 70_000, 3_999_999, 7_900_000]) {
      let place = moved(BEGINNING, start, TOTAL, VIEW)
      for (let step = 0; step < 2_000; step += 1) {
        const next = moved(place, place.top + 100, TOTAL, VIEW)
        expect(at(next)).toBe(Math.min(at(place) + 100, TOTAL - VIEW))
        place = next
      }
      for (let step = 0; step < 4_000; step += 1) {
        const next = moved(place, place.top - 100, TOTAL, VIEW)
        expect(at(next)).toBe(Math.max(at(place) - 100, 0))
        place = next
      }
    }
  })

  it('never puts the scroll bar where there is none', () => {
    let place = BEGINNING
    while (at(place) < TOTAL - VIEW) {
      place = moved(place, place.top + 599, TOTAL, VIEW)
      expect(place.top).toBeGreaterThanOrEqual(0)
      expect(place.top).toBeLessThanOrEqual(DRAWN_MAX - VIEW)
    }
  })

  it('leaves shorter lists to the browser', () => {
    expect(moved(BEGINNING, 1_234, 500 * ROW, VIEW)).toEqual({ top: 1_234, shift: 0 })
  })
})
