/** When the first call could be placed, if it were launched now: at the first quarter of an hour that suits anybody. Pure. */
import type { Schemas } from '@/api/client'
import type { Campaign } from './draft'

type Hours = Pick<Campaign, 'recipient_hours' | 'calling_hours'>
type Clock = { day: Schemas['Day']; time: string }

const STEP_MS = 15 * 60_000
/** Hours repeat every week; what does not open within one never does. */
const STEPS_MAX = (8 * 24 * 60) / 15

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Day and time of day by the clock of a zone. */
function clockIn(timeZone: string, at: number): Clock {
  let format = clocks.get(timeZone)
  if (!format) {
    const options = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone })
    clocks.set(timeZone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(part => [part.type, part.value]))
  const day = DAYS.find(it => it === parts.weekday?.toLowerCase()) ?? 'mon'
  return { day, time: `${parts.hour}:${parts.minute}` }
}

const DAYS: readonly Schemas['Day'][] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function dayBefore(day: Schemas['Day']): Schemas['Day'] {
  return DAYS[(DAYS.indexOf(day) + 6) % 7] ?? day
}

function isCampaignOpen(hours: Campaign['calling_hours'], at: number): boolean {
  if (!hours) return true
  const { day, time } = clockIn(hours.timezone, at)
  if (hours.start < hours.end) return hours.days.includes(day) && time >= hours.start && time < hours.end
  // The window closes on the day after.
  const late = hours.days.includes(day) && time >= hours.start
  return late || (hours.days.includes(dayBefore(day)) && time < hours.end)
}

/** Every zone that somebody may be in must allow it. */
function isPersonOpen(hours: Campaign['recipient_hours'], zones: string[], at: number): boolean {
  if (!hours.enabled) return true
  if (zones.length === 0) return false
  return zones.every(zone => {
    const { time } = clockIn(zone, at)
    return time >= hours.start && time < hours.end
  })
}

/** Milliseconds since 1970; undefined when nobody of them may ever be called. */
export function earliestCall(hours: Hours, people: string[][], now: number): number | undefined {
  const places = [...new Map(people.map(zones => [zones.join(' '), zones])).values()]
  for (let step = 0; step <= STEPS_MAX; step += 1) {
    // Now, then every full quarter.
    const at = step === 0 ? now : Math.floor(now / STEP_MS) * STEP_MS + step * STEP_MS
    if (!isCampaignOpen(hours.calling_hours, at)) continue
    if (places.some(zones => isPersonOpen(hours.recipient_hours, zones, at))) return at
  }
  return undefined
}
