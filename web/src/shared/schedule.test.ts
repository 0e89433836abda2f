/** Schedules are said as people say them, in both languages, and told from those that are past. */
import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { startTexts } from '@/i18n'
import { instantOf, isPast, isShort, localOf, placeOf, type Recurring, type Schedule } from './schedule'
import { scheduleWords } from './schedule-words'

const WEEKLY: Recurring = {
  kind: 'recurring',
  at: '2026-12-07T09:00',
  timezone: 'America/New_York',
  every: { unit: 'week', days: ['wed', 'mon'] },
  until: { kind: 'occurrences', count: 12 },
  contacts: 'same',
  overlap: 'skip',
  short_months: 'last_day',
  grace_s: 3_600,
}
const ONCE: Schedule = { kind: 'once', at: '2026-12-01T14:30', timezone: 'Europe/Berlin', grace_s: 0 }
const never = { kind: 'never' } as const

/** What is said, in English and in German. */
const CASES: [Schedule, string, string][] = [
  [{ kind: 'manual' }, 'When somebody starts it', 'Wenn jemand sie startet'],
  [
    ONCE,
    'Once on Tuesday, December 1, 2026 at 14:30 (Berlin)',
    'Einmal am Dienstag, 1. Dezember 2026 um 14:30 (Berlin)',
  ],
  [
    WEEKLY,
    'Every Monday and Wednesday at 09:00 (New York), 12 times',
    'Jeden Montag und Mittwoch um 09:00 (New York), 12-mal',
  ],
  [
    { ...WEEKLY, every: { unit: 'day', interval: 1 }, until: never },
    'Every day at 09:00 (New York), until it is stopped',
    'Jeden Tag um 09:00 (New York), bis sie beendet wird',
  ],
  [
    { ...WEEKLY, every: { unit: 'day', interval: 3 }, until: { kind: 'occurrences', count: 1 } },
    'Every 3 days starting Monday, December 7 at 09:00 (New York), once',
    'Alle 3 Tage ab Montag, 7. Dezember um 09:00 (New York), einmal',
  ],
  [
    { ...WEEKLY, every: { unit: 'month', day: 31 }, until: { kind: 'date', date: '2027-01-31' } },
    'On day 31 of every month at 09:00 (New York), on the last day of shorter months, until Sunday, January 31, 2027',
    'Am 31. jedes Monats um 09:00 (New York), in kürzeren Monaten am letzten Tag, bis Sonntag, 31. Januar 2027',
  ],
  [
    { ...WEEKLY, every: { unit: 'month', day: 'last' }, short_months: 'skip' },
    'On the last day of every month at 09:00 (New York), 12 times',
    'Am letzten Tag jedes Monats um 09:00 (New York), 12-mal',
  ],
]

describe('the words of a schedule', () => {
  beforeAll(async () => {
    await startTexts('de')
  })

  it.each(CASES)('%j', (schedule, english, german) => {
    expect(scheduleWords(schedule, i18next.getFixedT('en'), 'en-US')).toBe(english)
    expect(scheduleWords(schedule, i18next.getFixedT('de'), 'de-DE')).toBe(german)
  })

  it('calls all seven days every day, and no day what it is', () => {
    const t = i18next.getFixedT('en')
    const days = (of: Recurring['every']) => scheduleWords({ ...WEEKLY, every: of }, t, 'en-US')
    const all = { unit: 'week', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] } as const
    expect(days({ ...all, days: [...all.days] })).toMatch(/^Every day at/)
    expect(days({ unit: 'week', days: [] })).toMatch(/^On no day yet/)
  })
})

describe('the clock of a zone', () => {
  const NOW = Date.parse('2026-12-07T14:00:30Z')

  it('is read as schedules write it', () => {
    expect(localOf(NOW, 'America/New_York')).toBe('2026-12-07T09:00')
    expect(localOf(Date.parse('2026-12-07T05:00Z'), 'America/New_York')).toBe('2026-12-07T00:00')
    expect(placeOf('America/New_York')).toBe('New York')
  })

  it('tells what is past from what is to come', () => {
    expect(isPast(WEEKLY, NOW)).toBe(true)
    expect(isPast({ ...WEEKLY, at: '2026-12-07T09:01' }, NOW)).toBe(false)
    expect(isPast({ ...WEEKLY, timezone: 'America/Chicago' }, NOW)).toBe(false)
    expect(isPast({ kind: 'manual' }, NOW)).toBe(false)
  })
})

it('knows the days that some months lack', () => {
  expect([28, 29, 31].map(day => isShort({ unit: 'month', day }))).toEqual([false, true, true])
  expect(isShort({ unit: 'month', day: 'last' })).toBe(false)
})

describe('a local time as an instant', () => {
  it.each([
    ['2026-12-07T09:00', 'America/New_York', '2026-12-07T14:00:00.000Z'],
    ['2026-06-07T09:00', 'Europe/Berlin', '2026-06-07T07:00:00.000Z'],
    // The first of two, and the first behind a gap.
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2027-03-14T02:30', 'America/New_York', '2027-03-14T07:30:00.000Z'],
    ['2026-12-07T00:30', 'Pacific/Kiritimati', '2026-12-06T10:30:00.000Z'],
  ])('%s in %s', (local, zone, instant) => {
    expect(instantOf(local, zone)).toBe(instant)
  })

  it('is nothing while it is half typed', () => {
    expect(instantOf('T09:00', 'UTC')).toBeUndefined()
    expect(instantOf('2026-12-07T', 'UTC')).toBeUndefined()
  })
})
