/** The heat map: what is sure, how hot it is, and what is left out. */
import { describe, expect, it } from 'vitest'
import { areaName, byRate, type HourCell, heatOf, hourOf, SHADES } from './best-hours'

const cell = (weekday: HourCell['weekday'], hour: number, attempts: number, rate: number): HourCell => ({
  weekday,
  hour,
  attempts,
  answered: Math.round((attempts * rate) / 100),
  rate,
  low: rate - 1,
  high: rate + 1,
  enough: attempts >= 20,
})

describe('a heat map', () => {
  it('begins and ends with the hours in which anybody was called', () => {
    const { hours, rows } = heatOf([cell('mon', 9, 50, 20), cell('fri', 12, 50, 40), cell('sun', 3, 0, 0)])
    expect(hours).toEqual([9, 10, 11, 12])
    expect(rows.map(row => row.day)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
    expect(rows[4]?.heat[3]?.cell?.rate).toBe(40)
    expect(rows[4]?.heat[0]).toEqual({ cell: undefined, shade: undefined })
    expect(heatOf([])).toEqual({ hours: [], rows: [] })
  })

  it('shades from the rarest to the most frequent answers, and says nothing of few calls', () => {
    const cells = [
      cell('mon', 9, 50, 10),
      cell('mon', 10, 50, 30),
      cell('mon', 11, 50, 50),
      cell('mon', 12, 3, 100),
    ]
    const shades = heatOf(cells).rows[0]?.heat.map(it => it.shade)
    expect(shades).toEqual([0, 2, SHADES - 1, undefined])
    expect(heatOf([cell('mon', 9, 50, 30)]).rows[0]?.heat[0]?.shade).toBe(2)
  })

  it('as a table puts the best hours first and chance last', () => {
    const cells = [
      cell('mon', 9, 50, 10),
      cell('mon', 10, 3, 100),
      cell('tue', 9, 50, 30),
      cell('wed', 9, 0, 0),
    ]
    expect(byRate(cells).map(it => it.rate)).toEqual([30, 10, 100])
    expect([hourOf(9), hourOf(17)]).toEqual(['09:00', '17:00'])
  })
})

it('names states by the server and countries by the reader’s language', () => {
  expect(areaName({ area: 'US-CA', name: 'California' }, 'de')).toBe('California')
  expect(areaName({ area: 'DE', name: null }, 'en')).toBe('Germany')
})
