/** A schedule as people say it: "Every Monday and Wednesday at 09:00 (New York), 12 times". Pure. */
import type { TFunction } from 'i18next'
import { count } from './format'
import { DAYS, type Day, type Every, isShort, placeOf, type Recurring, type Schedule } from './schedule'

/** A Monday, in no zone: only its name is wanted. */
const MONDAY = Date.UTC(2026, 0, 5)
const DAY_MS = 86_400_000

type DateStyle = 'whole' | 'short' | 'weekday'
const STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  whole: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  short: { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' },
  weekday: { weekday: 'long', month: 'long', day: 'numeric' },
}

/** "Monday" in the reader's language. */
export function dayName(day: Day, locale: string, weekday: 'long' | 'short' = 'long'): string {
  const at = MONDAY + DAYS.indexOf(day) * DAY_MS
  return new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(at)
}

/** The date of a local time or of a date alone, in words; what is no date is said as it is. */
export function dateWords(local: string, locale: string, style: DateStyle = 'whole'): string {
  const at = Date.parse(`${local.slice(0, 10)}T00:00Z`)
  if (Number.isNaN(at)) return local
  return new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: 'UTC' }).format(at)
}

/** 09:00 */
export function timeOf(local: string): string {
  return local.slice(11, 16)
}

/** The whole of it, without a full stop. */
export function scheduleWords(schedule: Schedule, t: TFunction, locale: string): string {
  if (schedule.kind === 'manual') return t('shared.schedule.manual')
  const values = { time: timeOf(schedule.at), zone: placeOf(schedule.timezone) }
  if (schedule.kind === 'once') {
    return t('shared.schedule.once', { ...values, date: dateWords(schedule.at, locale) })
  }
  const pattern = patternWords(schedule, t, locale)
  const parts = [
    t('shared.schedule.at', { ...values, pattern }),
    short(schedule, t),
    end(schedule, t, locale),
  ]
  return parts.filter(it => it !== '').join(', ')
}

function patternWords({ at, every }: Recurring, t: TFunction, locale: string): string {
  if (every.unit === 'month') {
    return every.day === 'last'
      ? t('shared.schedule.lastDay')
      : t('shared.schedule.monthDay', { day: every.day })
  }
  if (isDaily(every)) return t('shared.schedule.everyDay')
  if (every.unit === 'day') {
    const from = dateWords(at, locale, 'weekday')
    return t('shared.schedule.everyDays', { count: every.interval, from })
  }
  const days = DAYS.filter(day => every.days.includes(day)).map(day => dayName(day, locale))
  if (days.length === 0) return t('shared.schedule.noDay')
  const listed = new Intl.ListFormat(locale, { type: 'conjunction' }).format(days)
  return t('shared.schedule.everyWeekday', { days: listed })
}

function isDaily(every: Every): boolean {
  if (every.unit === 'day') return every.interval === 1
  return every.unit === 'week' && every.days.length === DAYS.length
}

function short({ every, short_months }: Recurring, t: TFunction): string {
  return isShort(every) ? t(`shared.schedule.short.${short_months}`) : ''
}

function end({ until }: Recurring, t: TFunction, locale: string): string {
  if (until.kind === 'never') return t('shared.schedule.never')
  if (until.kind === 'date') return t('shared.schedule.until', { date: dateWords(until.date, locale) })
  return t('shared.schedule.times', { count: until.count, n: count(until.count, locale) })
}
