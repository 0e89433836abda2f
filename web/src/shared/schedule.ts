/** When a campaign runs, as a type of its own: the API's document says all kinds of it in one loose object. Pure. */
import type { Schemas } from '@/api/client'

export type Day = Schemas['Day']
export type Every =
  | { unit: 'day'; interval: number }
  | { unit: 'week'; days: Day[] }
  | { unit: 'month'; day: number | 'last' }
export type Until =
  | { kind: 'never' }
  | { kind: 'date'; date: string }
  | { kind: 'occurrences'; count: number }
export type Once = { kind: 'once'; at: string; timezone: string; grace_s: number }
export type Recurring = Omit<Once, 'kind'> & {
  kind: 'recurring'
  every: Every
  until: Until
  contacts: 'same' | 'refresh_sheet'
  /** With a fresh sheet: one that lost more than half of its rows is called as it is, too. */
  accept_shrunk_list?: boolean
  overlap: 'skip' | 'wait'
  short_months: 'last_day' | 'skip'
}
export type Schedule = { kind: 'manual' } | Once | Recurring

export const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
/** How late a run may begin when nothing is said. Seconds. */
export const GRACE_S = 3_600
/** Days of a month that a shorter one may lack. */
const IN_EVERY_MONTH = 28

/** Edge of the program: what the server sends is one of these, whole and with its defaults. */
export function readSchedule(sent: Schemas['Schedule']): Schedule {
  return sent as unknown as Schedule
}

/** The other way; the document calls the day of a month an object. */
export function onWire(schedule: Schedule): Schemas['Schedule'] {
  return schedule as unknown as Schemas['Schedule']
}

/** Whether some months have no such day. */
export function isShort(every: Every): boolean {
  return every.unit === 'month' && every.day !== 'last' && every.day > IN_EVERY_MONTH
}

/** "New York" of America/New_York. */
export function placeOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}

/** The instant at which the clocks of a zone show a local time; in a gap the first one behind it. Undefined for what is no time. */
export function instantOf(local: string, timeZone: string): string | undefined {
  const guess = Date.parse(`${local}Z`)
  if (Number.isNaN(guess)) return undefined
  const offset = (at: number) => Date.parse(`${localOf(at, timeZone)}Z`) - at
  const first = guess - offset(guess)
  // Around a change of clocks the first guess has the offset of the other side.
  const at = guess - offset(first)
  return new Date(localOf(at, timeZone) === local ? at : Math.max(first, at)).toISOString()
}

/** 2026-12-07T09:00: what the clocks of a zone show, as schedules write it. */
export function localOf(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(it => it.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** Whether the first moment that a schedule names is not to come any more. */
export function isPast(schedule: Schedule, now: number): boolean {
  return schedule.kind !== 'manual' && schedule.at <= localOf(now, schedule.timezone)
}
