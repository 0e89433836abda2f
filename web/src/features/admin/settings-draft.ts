/** Campaign settings as a form holds them: minutes for people, and what was changed for the API. Pure. */
import type { Schemas } from '@/api/client'

export type Settings = Schemas['Settings']

export const MINUTE_S = 60

/** Names of the guide and its defaults; bounds are those of the API. */
export const NUMBERS = {
  max_concurrent_campaigns: { least: 1, most: 1_000, standard: 10 },
  max_concurrent_calls: { least: 1, most: 100_000, standard: 100 },
  calls_per_second: { least: 0.1, most: 10_000, standard: 1 },
  default_max_attempts: { least: 1, most: 5, standard: 3 },
  ring_timeout_s: { least: 5, most: 60, standard: 30 },
} as const

export type NumberName = keyof typeof NUMBERS

/** The cap that is proposed when one is switched on. */
const STANDARD_CAP = 3

/** A number field that was emptied holds a text. */
type Typed = number | string

export type SettingsDraft = Record<NumberName, Typed> & {
  retry_delay_min: Typed
  is_capped: boolean
  attempts_per_number_per_day: Typed
  timezone: string
  default_country: string
  allowed_countries: string[]
  hours_enabled: boolean
  hours_start: string
  hours_end: string
}

export function settingsDraft(settings: Settings): SettingsDraft {
  return {
    max_concurrent_campaigns: settings.max_concurrent_campaigns,
    max_concurrent_calls: settings.max_concurrent_calls,
    calls_per_second: settings.calls_per_second,
    default_max_attempts: settings.default_max_attempts,
    ring_timeout_s: settings.ring_timeout_s,
    retry_delay_min: settings.default_retry_delay_s / MINUTE_S,
    is_capped: settings.attempts_per_number_per_day !== null,
    attempts_per_number_per_day: settings.attempts_per_number_per_day ?? STANDARD_CAP,
    timezone: settings.timezone,
    default_country: settings.default_country,
    allowed_countries: settings.allowed_countries,
    hours_enabled: settings.recipient_hours.enabled,
    hours_start: settings.recipient_hours.start,
    hours_end: settings.recipient_hours.end,
  }
}

/** What is different from the settings known, and nothing else, so that nobody's change is undone. */
export function settingsChange(known: Settings, draft: SettingsDraft): Schemas['SettingsChange'] {
  const was = settingsDraft(known)
  const change: Schemas['SettingsChange'] = { version: known.version }
  const differs = (...names: (keyof SettingsDraft)[]) =>
    names.some(name => JSON.stringify(draft[name]) !== JSON.stringify(was[name]))
  for (const name of NUMBER_NAMES) if (differs(name)) change[name] = Number(draft[name])
  if (differs('retry_delay_min'))
    change.default_retry_delay_s = Math.round(Number(draft.retry_delay_min) * MINUTE_S)
  if (differs('is_capped') || (draft.is_capped && differs('attempts_per_number_per_day'))) {
    change.attempts_per_number_per_day = draft.is_capped ? Number(draft.attempts_per_number_per_day) : null
  }
  if (differs('timezone')) change.timezone = draft.timezone
  if (differs('default_country')) change.default_country = draft.default_country
  if (differs('allowed_countries')) change.allowed_countries = draft.allowed_countries
  if (differs('hours_enabled', 'hours_start', 'hours_end')) {
    change.recipient_hours = {
      enabled: draft.hours_enabled,
      start: draft.hours_start,
      end: draft.hours_end,
    }
  }
  return change
}

const NUMBER_NAMES = Object.keys(NUMBERS) as NumberName[]

/** Whether anything would be changed. */
export function isChanged(change: Schemas['SettingsChange']): boolean {
  return Object.keys(change).length > 1
}

/** Fields of the API that stand beside a field of the form. */
export const SETTINGS_FIELDS = [
  ...NUMBER_NAMES,
  'default_retry_delay_s',
  'attempts_per_number_per_day',
  'timezone',
  'default_country',
  'allowed_countries',
  'recipient_hours',
]
