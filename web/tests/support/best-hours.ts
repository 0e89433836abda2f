/**
 * Weeks of calls for the page of best hours: hours stand out only after more calls than a story can place, and calls are
 * counted every five minutes. What the server makes of real calls is told by its own stories.
 */
import type { Page } from '@playwright/test'
import type { components } from '../../src/api/schema'

type BestHours = components['schemas']['BestHours']
type Cell = components['schemas']['BestHoursCell']

/** Of so many calls on each weekday, so many percent were answered in the hours from nine on. */
const CALLS = 120
const PERCENT = [31, 58, 62, 44, 38, 35, 41, 47, 36]
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri']

function cell(weekday: string, hour: number, attempts: number, rate: number): Cell {
  const [low, high] = [Math.max(0, rate - 9), Math.min(100, rate + 9)]
  return {
    weekday,
    hour,
    attempts,
    answered: Math.round((attempts * rate) / 100),
    rate,
    low,
    high,
    enough: attempts >= 30,
  }
}

function weeks(): BestHours {
  const cells = WEEKDAYS.flatMap((day, at) =>
    PERCENT.map((rate, hour) => cell(day, 9 + hour, CALLS, rate + at)),
  )
  cells.push(cell('sat', 11, 12, 25))
  const sum = (figure: 'attempts' | 'answered') => cells.reduce((all, it) => all + it[figure], 0)
  const [attempts, answered] = [sum('attempts'), sum('answered')]
  const area = (code: string, name: string | null, share: number, rate: number) => {
    const calls = Math.round(attempts * share)
    return { area: code, name, attempts: calls, answered: Math.round((calls * rate) / 100), rate }
  }
  return {
    as_of: new Date().toISOString(),
    from: '2026-11-01',
    to: '2026-11-30',
    attempts,
    answered,
    rate: (answered / attempts) * 100,
    cells,
    areas: [
      area('US-NY', 'New York', 0.5, 47.2),
      area('US-CA', 'California', 0.3, 44.1),
      area('DE', null, 0.2, 39),
    ],
    suggested: [
      {
        days: ['tue', 'wed', 'thu'],
        start: '10:00',
        end: '12:00',
        attempts: 720,
        answered: 446,
        rate: 62,
        against: 45.5,
      },
    ],
    zone_unknown: { attempts: 0, answered: 0 },
  }
}

/** From now on the page has weeks of calls; of an area that is asked for and has none, nothing. */
export async function fillHours(page: Page) {
  await page.route(
    url => url.pathname === '/api/v1/analytics/best-hours' && url.searchParams.get('format') !== 'csv',
    route => {
      const all = weeks()
      const area = new URL(route.request().url()).searchParams.get('area')
      const isThere = area === null || all.areas.some(it => it.area === area)
      return route.fulfill({
        json: isThere ? all : { ...all, attempts: 0, answered: 0, rate: null, cells: [], suggested: [] },
      })
    },
  )
}
