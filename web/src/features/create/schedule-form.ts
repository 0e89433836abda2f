/**
 * A schedule as it is typed: every field at once, also those of kinds that are not chosen now, so that nothing is lost
 * while one looks at another. Pure.
 */
import {
  DAYS,
  type Day,
  type Every,
  GRACE_S,
  localOf,
  type Recurring,
  type Schedule,
  type Until,
} from '@/shared/schedule'

export type ScheduleForm = {
  kind: Schedule['kind']
  date: string
  time: string
  timezone: string
  unit: Every['unit']
  interval: number
  days: Day[]
  day: number | 'last'
  end: Until['kind']
  endDate: string
  count: number
  overlap: 'skip' | 'wait'
  shortMonths: 'last_day' | 'skip'
  contacts: 'same' | 'refresh_sheet'
  acceptShrunk: boolean
  graceMinutes: number
}

const DAY_MS = 86_400_000
/** The guide's example: 12 occurrences, 3 months. */
const COUNT = 12
const WEEKS_TO_END = 12
const MINUTE_S = 60

/** Tomorrow at nine; again every week on that day. */
export function untouched(now: number, timezone: string): ScheduleForm {
  const date = localOf(now + DAY_MS, timezone).slice(0, 10)
  const weekday = new Date(`${date}T00:00Z`).getUTCDay()
  return {
    kind: 'manual',
    date,
    time: '09:00',
    timezone,
    unit: 'week',
    // Sunday is the first of theirs and the last of ours.
    days: DAYS.slice((weekday + 6) % 7).slice(0, 1),
    interval: 1,
    day: 1,
    end: 'occurrences',
    endDate: new Date(Date.parse(date) + WEEKS_TO_END * 7 * DAY_MS).toISOString().slice(0, 10),
    count: COUNT,
    overlap: 'skip',
    shortMonths: 'last_day',
    contacts: 'same',
    acceptShrunk: false,
    graceMinutes: GRACE_S / MINUTE_S,
  }
}

/** What a schedule says, and what was typed before where it says nothing. */
export function formOf(schedule: Schedule, before: ScheduleForm): ScheduleForm {
  if (schedule.kind === 'manual') return { ...before, kind: 'manual' }
  const { kind, at, timezone, grace_s } = schedule
  const [date = '', time = ''] = at.split('T')
  const common = { ...before, kind, date, time, timezone, graceMinutes: grace_s / MINUTE_S }
  if (kind === 'once') return common
  const { every, until, overlap, short_months, contacts, accept_shrunk_list } = schedule
  const list = { contacts, acceptShrunk: accept_shrunk_list ?? false }
  return { ...common, ...patternOf(every), ...endOf(until), ...list, overlap, shortMonths: short_months }
}

function patternOf(every: Every): Partial<ScheduleForm> {
  const { unit } = every
  if (unit === 'day') return { unit, interval: every.interval }
  return unit === 'week' ? { unit, days: every.days } : { unit, day: every.day }
}

function endOf(until: Until): Partial<ScheduleForm> {
  const { kind: end } = until
  if (end === 'date') return { end, endDate: until.date }
  return end === 'occurrences' ? { end, count: until.count } : { end }
}

export function scheduleOf(form: ScheduleForm): Schedule {
  const { kind, timezone } = form
  if (kind === 'manual') return { kind }
  // What is left out is left out here, too: the server says so beside the field.
  const at = `${form.date}T${form.time}`
  const grace_s = form.graceMinutes * MINUTE_S
  if (kind === 'once') return { kind, at, timezone, grace_s }
  const { overlap, shortMonths: short_months } = form
  const pattern = { every: everyOf(form), until: untilOf(form) }
  return { kind, at, timezone, ...pattern, ...listOf(form), overlap, short_months, grace_s }
}

function listOf({
  contacts,
  acceptShrunk,
}: ScheduleForm): Pick<Recurring, 'contacts' | 'accept_shrunk_list'> {
  return contacts === 'same' ? { contacts } : { contacts, accept_shrunk_list: acceptShrunk }
}

function everyOf({ unit, interval, days, day }: ScheduleForm): Every {
  if (unit === 'day') return { unit, interval }
  return unit === 'week' ? { unit, days } : { unit, day }
}

function untilOf({ end: kind, endDate: date, count }: ScheduleForm): Until {
  if (kind === 'date') return { kind, date }
  return kind === 'occurrences' ? { kind, count } : { kind }
}
