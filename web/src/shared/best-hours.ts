/** When people answer, by the hours of their own week, as the server counts it from the organization's own calls. Pure but for the query. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'
import { DAYS, type Day } from './schedule'

export type BestHours = Schemas['BestHours']
export type HourCell = Schemas['BestHoursCell']
export type SuggestedHours = Schemas['SuggestedHours']

/** Days as the document says them are any words; those that are none are left out. */
export function daysOf(days: readonly string[]): Day[] {
  return DAYS.filter(day => days.includes(day))
}

/** What is asked for; dates are days of the reader's calendar, both included. */
export type Asked = {
  from?: string
  to?: string
  area?: string
  department_id?: string
  campaign_id?: string
}

export function useBestHours(asked: Asked, isWanted = true) {
  return useQuery({
    queryKey: ['best-hours', asked],
    enabled: isWanted,
    queryFn: async () => {
      const told = await body(client.GET('/api/v1/analytics/best-hours', { params: { query: asked } }))
      // Text is what the same address gives when it is asked for CSV.
      if (typeof told === 'string') throw new Error('best hours came as text')
      return told
    },
    placeholderData: keepPreviousData,
  })
}

/** Shades between the rarest and the most frequent answers. */
export const SHADES = 5
export type Heat = { cell: HourCell | undefined; shade: number | undefined }

/** Seven days of hours, from the first to the last in which anybody was called. */
export function heatOf(cells: HourCell[]): { hours: number[]; rows: { day: Day; heat: Heat[] }[] } {
  const known = new Map(cells.map(cell => [`${cell.weekday} ${cell.hour}`, cell]))
  const called = cells.filter(cell => cell.attempts > 0).map(cell => cell.hour)
  if (called.length === 0) return { hours: [], rows: [] }
  const first = Math.min(...called)
  const hours = Array.from({ length: Math.max(...called) - first + 1 }, (_, at) => first + at)
  const rates = cells.filter(isSure).map(cell => cell.rate ?? 0)
  const [least, most] = [Math.min(...rates), Math.max(...rates)]
  const rows = DAYS.map(day => ({
    day,
    heat: hours.map(hour => {
      const cell = known.get(`${day} ${hour}`)
      return { cell, shade: cell && isSure(cell) ? shadeOf(cell.rate ?? 0, least, most) : undefined }
    }),
  }))
  return { hours, rows }
}

/** Whether enough people were called in that hour to say anything; the server decides. */
export function isSure(cell: HourCell): boolean {
  return cell.enough
}

/** 0 for the rarest, SHADES - 1 for the most frequent answers; the middle when all are alike. */
function shadeOf(rate: number, least: number, most: number): number {
  if (most <= least) return Math.floor(SHADES / 2)
  return Math.min(SHADES - 1, Math.floor(((rate - least) / (most - least)) * SHADES))
}

/** The hours that were called, the best first, as a table tells them. */
export function byRate(cells: HourCell[]): HourCell[] {
  const rank = (cell: HourCell) => (isSure(cell) ? (cell.rate ?? 0) : -1)
  return cells.filter(cell => cell.attempts > 0).sort((a, b) => rank(b) - rank(a) || b.attempts - a.attempts)
}

/** 09:00 */
export function hourOf(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** "California" of a state, "Germany" of a country, in the reader's language as far as it has a name for it. */
export function areaName(
  { area, name }: Pick<Schemas['BestHoursArea'], 'area' | 'name'>,
  locale: string,
): string {
  if (name) return name
  return new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' }).of(area) ?? area
}
