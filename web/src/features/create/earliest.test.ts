/** The first call waits for the first person's morning, and for the campaign's own hours. */
import { describe, expect, it } from 'vitest'
import { earliestCall } from './earliest'

const DAY = { recipient_hours: { enabled: true, start: '08:00', end: '21:00' }, calling_hours: null }
const NEW_YORK = ['America/New_York']
const at = (text: string) => new Date(text).getTime()
const first = (hours: Parameters<typeof earliestCall>[0], people: string[][], now: string) => {
  const found = earliestCall(hours, people, at(now))
  return found === undefined ? undefined : new Date(found).toISOString()
}

describe('earliestCall', () => {
  it('is now where it is day', () => {
    expect(first(DAY, [NEW_YORK], '2026-11-23T15:07:00Z')).toBe('2026-11-23T15:07:00.000Z')
  })

  it('waits for the first morning of anybody', () => {
    const night = '2026-11-23T06:00:00Z'
    expect(first(DAY, [NEW_YORK], night)).toBe('2026-11-23T13:00:00.000Z')
    expect(first(DAY, [NEW_YORK, ['Europe/Berlin']], night)).toBe('2026-11-23T07:00:00.000Z')
  })

  it('needs every zone that somebody may be in', () => {
    const either = ['America/New_York', 'America/Los_Angeles']
    expect(first(DAY, [either], '2026-11-23T14:00:00Z')).toBe('2026-11-23T16:00:00.000Z')
  })

  it('keeps the hours of the campaign, over midnight and over the weekend', () => {
    const office = { timezone: 'Europe/Berlin', days: ['mon' as const], start: '09:00', end: '17:00' }
    const berlin = [['Europe/Berlin']]
    expect(first({ ...DAY, calling_hours: office }, berlin, '2026-11-20T20:00:00Z')).toBe(
      '2026-11-23T08:00:00.000Z',
    )
    const late = { ...office, start: '20:00', end: '02:00' }
    const anyHour = { recipient_hours: { ...DAY.recipient_hours, enabled: false }, calling_hours: late }
    expect(first(anyHour, berlin, '2026-11-24T00:30:00Z')).toBe('2026-11-24T00:30:00.000Z')
    expect(first(anyHour, berlin, '2026-11-24T01:30:00Z')).toBe('2026-11-30T19:00:00.000Z')
  })

  it('is never where nobody may be called', () => {
    expect(first(DAY, [], '2026-11-23T15:00:00Z')).toBeUndefined()
    expect(first(DAY, [[]], '2026-11-23T15:00:00Z')).toBeUndefined()
  })
})
