/** The first call is told by the campaign's clock, whatever the reader's own says. */
import { expect, it } from 'vitest'
import { placeOf } from '@/shared/schedule'
import { moment } from './first-call'

// A Sunday, 22:30 in New York; Monday already in Berlin.
const NOW = Date.parse('2026-11-23T03:30:00Z')
const word = (at: string | null, zone = 'America/New_York') => moment(at, NOW, zone, 'en-US').word

it.each([
  [null, 'never'],
  ['2026-11-23T03:30:20Z', 'now'],
  ['2026-11-22T20:00:00Z', 'now'],
  ['2026-11-23T04:45:00Z', 'today'],
  ['2026-11-23T13:00:00Z', 'tomorrow'],
  ['2026-11-24T13:00:00Z', 'later'],
] as const)('%s is %s', (at, expected) => {
  expect(word(at)).toBe(expected)
})

it('counts days by the clock that is named', () => {
  expect(word('2026-11-23T13:00:00Z', 'Europe/Berlin')).toBe('today')
})

it('names the place, the day and the time of day', () => {
  const said = moment('2026-11-24T13:05:00Z', NOW, 'America/New_York', 'en-US')
  expect(said).toEqual({ word: 'later', zone: 'New York', day: 'Tuesday, November 24', time: '8:05 AM' })
  expect(placeOf('UTC')).toBe('UTC')
})
