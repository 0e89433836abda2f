/** What is typed becomes the schedule and comes back from it, and nothing is lost on the way. */
import { describe, expect, it } from 'vitest'
import type { Schedule } from '@/shared/schedule'
import { formOf, scheduleOf, untouched } from './schedule-form'

/** A Sunday evening in New York. */
const START = untouched(Date.parse('2026-12-07T03:30:00Z'), 'America/New_York')
const COMMON = { at: '2026-12-07T09:00', timezone: 'America/New_York', grace_s: 3_600 }
const RECURRING = {
  ...COMMON,
  kind: 'recurring',
  contacts: 'same',
  overlap: 'skip',
  short_months: 'last_day',
} as const

const SCHEDULES: Schedule[] = [
  { kind: 'manual' },
  { kind: 'once', ...COMMON },
  { ...RECURRING, every: { unit: 'day', interval: 3 }, until: { kind: 'never' } },
  { ...RECURRING, every: { unit: 'week', days: ['mon', 'fri'] }, until: { kind: 'occurrences', count: 12 } },
  {
    ...RECURRING,
    every: { unit: 'month', day: 31 },
    until: { kind: 'date', date: '2027-01-31' },
    overlap: 'wait',
    short_months: 'skip',
    grace_s: 0,
  },
  { ...RECURRING, every: { unit: 'month', day: 'last' }, until: { kind: 'never' } },
  {
    ...RECURRING,
    every: { unit: 'day', interval: 1 },
    until: { kind: 'never' },
    contacts: 'refresh_sheet',
    accept_shrunk_list: true,
  },
]

describe('the form of a schedule', () => {
  it.each(SCHEDULES)('gives back what it was made of: %j', schedule => {
    expect(scheduleOf(formOf(schedule, START))).toEqual(schedule)
  })

  it('begins with tomorrow at nine by the zone’s own calendar, weekly, as often as in the guide', () => {
    expect(scheduleOf({ ...START, kind: 'once' })).toEqual({ kind: 'once', ...COMMON })
    expect(scheduleOf({ ...START, kind: 'recurring' })).toMatchObject({
      every: { unit: 'week', days: ['mon'] },
      until: { kind: 'occurrences', count: 12 },
    })
    expect(START.endDate).toBe('2027-03-01')
    expect(untouched(Date.parse('2026-12-12T12:00:00Z'), 'UTC').days).toEqual(['sun'])
  })

  it('keeps what was typed for another kind', () => {
    const typed = { ...START, kind: 'recurring', days: ['tue', 'thu'], count: 5 } as const
    const meanwhile = formOf({ kind: 'manual' }, { ...typed, days: [...typed.days] })
    expect({ ...meanwhile, kind: 'recurring' }).toEqual(typed)
  })

  it('hands on a date that was emptied, for the server to refuse', () => {
    const empty = scheduleOf({ ...START, kind: 'once', date: '' })
    expect(empty).toMatchObject({ at: 'T09:00' })
    expect(formOf(empty, START).date).toBe('')
  })
})
