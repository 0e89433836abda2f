import { describe, expect, it } from 'vitest'
import { isChanged, type Settings, settingsChange, settingsDraft } from './settings-draft'

const KNOWN: Settings = {
  version: 7,
  timezone: 'America/New_York',
  default_country: 'US',
  allowed_countries: ['US'],
  max_concurrent_campaigns: 10,
  max_concurrent_calls: 100,
  calls_per_second: 1,
  default_max_attempts: 3,
  default_retry_delay_s: 3_600,
  min_retry_delay_s: 900,
  ring_timeout_s: 30,
  attempts_per_number_per_day: 3,
  recipient_hours: { enabled: true, start: '08:00', end: '21:00' },
}

const DRAFT = settingsDraft(KNOWN)

describe('settingsChange', () => {
  it('tells nothing but the version when nothing was changed', () => {
    const change = settingsChange(KNOWN, DRAFT)
    expect(change).toEqual({ version: 7 })
    expect(isChanged(change)).toBe(false)
  })

  it('tells only what was changed, in the units of the API', () => {
    const change = settingsChange(KNOWN, { ...DRAFT, retry_delay_min: 90, calls_per_second: '2.5' })
    expect(change).toEqual({ version: 7, default_retry_delay_s: 5_400, calls_per_second: 2.5 })
    expect(isChanged(change)).toBe(true)
  })

  it('takes the cap away and puts one on', () => {
    expect(settingsChange(KNOWN, { ...DRAFT, is_capped: false })).toEqual({
      version: 7,
      attempts_per_number_per_day: null,
    })
    const uncapped = { ...KNOWN, attempts_per_number_per_day: null }
    expect(settingsDraft(uncapped).is_capped).toBe(false)
    expect(settingsChange(uncapped, { ...settingsDraft(uncapped), is_capped: true })).toEqual({
      version: 7,
      attempts_per_number_per_day: 3,
    })
  })

  it('tells recipient hours whole', () => {
    expect(settingsChange(KNOWN, { ...DRAFT, hours_end: '20:00' }).recipient_hours).toEqual({
      enabled: true,
      start: '08:00',
      end: '20:00',
    })
  })
})
