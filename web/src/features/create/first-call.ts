/** The moment of the first call in words: a day, a time of day, and by whose clock. Pure. */
import { placeOf } from '@/shared/schedule'

/** Sooner than this is at once. Milliseconds. */
const AT_ONCE = 60_000
const DAY_MS = 86_400_000

export type FirstMoment = { word: 'now' | 'today' | 'tomorrow' | 'later' | 'never' } & Record<
  'day' | 'time' | 'zone',
  string
>

export function moment(at: string | null, now: number, timeZone: string, locale: string): FirstMoment {
  const said = { day: '', time: '', zone: placeOf(timeZone) }
  if (at === null) return { word: 'never', ...said }
  const that = Date.parse(at)
  if (that - now < AT_ONCE) return { word: 'now', ...said }
  const dayOf = (instant: number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(instant)
  const days = (Date.parse(dayOf(that)) - Date.parse(dayOf(now))) / DAY_MS
  const written = { weekday: 'long', month: 'long', day: 'numeric', timeZone } as const
  return {
    word: days === 0 ? 'today' : days === 1 ? 'tomorrow' : 'later',
    zone: said.zone,
    day: new Intl.DateTimeFormat(locale, written).format(that),
    time: new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(that),
  }
}
