/** Every formatter, in both languages where they differ. */
import { describe, expect, it } from 'vitest'
import * as format from './format'

const EN = 'en-US'
const DE = 'de-DE'
/** Blanks of formatted text may be narrow or unbreakable; people see a blank. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('count', () => {
  it('groups thousands', () => {
    expect(format.count(12_000, EN)).toBe('12,000')
    expect(format.count(1_000_000, DE)).toBe('1.000.000')
    expect(format.count(0, EN)).toBe('0')
  })
})

describe('decimal', () => {
  it('keeps one digit behind the point, or the comma', () => {
    expect(format.decimal(2.55, EN)).toBe('2.6')
    expect(format.decimal(1, EN)).toBe('1')
    expect(format.decimal(-18.25, DE)).toBe('-18,3')
  })
})

describe('percent', () => {
  it.each([
    [68.3, '68.3 %'],
    [68.25, '68.3 %'],
    [100, '100 %'],
    [0, '0 %'],
    [null, '–'],
    [undefined, '–'],
  ])('says %s as %s', (value, expected) => {
    expect(plain(format.percent(value, EN))).toBe(expected)
  })

  it('uses the comma where the language does', () => {
    expect(plain(format.percent(68.3, DE))).toBe('68,3 %')
  })
})

describe('share', () => {
  it.each([
    [0, 0, 0],
    [5, 0, 0],
    [0, 100, 0],
    [1, 1_000_000, 1],
    [999_999, 1_000_000, 99],
    [1_000_000, 1_000_000, 100],
    [683, 1_000, 68],
  ])('of %i in %i is %i', (part, whole, expected) => {
    expect(format.share(part, whole)).toBe(expected)
  })
})

describe('duration', () => {
  it.each([
    [0, '0:00'],
    [9.4, '0:09'],
    [64, '1:04'],
    [3_599, '59:59'],
    [3_600, '1:00:00'],
    [3_729, '1:02:09'],
    [-5, '0:00'],
  ])('of %d seconds is %s', (seconds, expected) => {
    expect(format.duration(seconds)).toBe(expected)
  })
})

describe('span', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [45, '45 seconds'],
    [900, '15 minutes'],
    [3_600, '1 hour'],
    [5_400, '1 hour 30 minutes'],
    [14_400, '4 hours'],
    [86_400, '1 day'],
    [90_061, '1 day 1 hour'],
  ])('of %i seconds is %s', (seconds, expected) => {
    expect(plain(format.span(seconds, EN))).toBe(expected)
  })

  it('speaks German', () => {
    expect(plain(format.span(5_400, DE))).toBe('1 Stunde 30 Minuten')
  })
})

describe('ago', () => {
  const NOW = Date.parse('2026-11-22T12:00:00Z')
  it.each([
    [-1_000, 'now'],
    [-30_000, '30 sec. ago'],
    [-120_000, '2 min. ago'],
    [-7_200_000, '2 hr. ago'],
    [-86_400_000, 'yesterday'],
    [10_800_000, 'in 3 hr.'],
  ])('tells %i ms as %s', (difference, expected) => {
    expect(format.ago(NOW + difference, NOW, EN)).toBe(expected)
  })

  it('reads what the API writes', () => {
    expect(format.ago('2026-11-22T11:58:00Z', NOW, EN)).toBe('2 min. ago')
    expect(format.ago(new Date(NOW - 120_000), NOW, DE)).toBe('vor 2 Min.')
  })
})

describe('instant', () => {
  it('names the zone in which it is told', () => {
    const at = '2026-11-22T19:20:05Z'
    expect(plain(format.instant(at, EN, 'America/New_York'))).toBe('Nov 22, 2026, 2:20:05 PM EST')
    expect(plain(format.instant(at, DE, 'Europe/Berlin'))).toBe('22.11.2026, 20:20:05 MEZ')
  })

  it('knows summer from winter', () => {
    expect(plain(format.instant('2026-07-01T12:00:00Z', EN, 'America/New_York'))).toBe(
      'Jul 1, 2026, 8:00:00 AM EDT',
    )
  })
})

describe('clock', () => {
  const NOW = Date.parse('2026-11-22T19:00:00Z')
  it('leaves the day out when it is today', () => {
    expect(plain(format.clock('2026-11-22T19:20:00Z', NOW, EN, 'America/New_York'))).toBe('2:20 PM')
    expect(plain(format.clock(NOW, NOW, DE, 'Europe/Berlin'))).toBe('20:00')
  })

  it('names the day when it is another, by the clock of the zone', () => {
    expect(plain(format.clock('2026-11-23T04:30:00Z', NOW, EN, 'America/New_York'))).toBe('11:30 PM')
    expect(plain(format.clock('2026-11-23T05:30:00Z', NOW, EN, 'America/New_York'))).toBe('Nov 23, 12:30 AM')
  })
})

describe('phone', () => {
  it.each([
    ['+12025550100', '+1 202 555 0100'],
    ['+4930123456', '+49 301 234 56'],
    ['+442079460958', '+44 207 946 0958'],
    ['anonymous', 'anonymous'],
  ])('shows %s as %s', (number, expected) => {
    expect(format.phone(number)).toBe(expected)
  })

  it('loses no digit', () => {
    for (const number of ['+33123456789', '+4915112345678', '+61234567', '+12025550100']) {
      expect(format.phone(number).replaceAll(' ', '')).toBe(number)
    }
  })
})

describe('bytes', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1_000, '1 kB'],
    [1_440_000, '1.4 MB'],
    [2_000_000_000, '2 GB'],
  ])('tells %i as %s', (value, expected) => {
    expect(plain(format.bytes(value, EN))).toBe(expected)
  })
})
