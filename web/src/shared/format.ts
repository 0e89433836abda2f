/** Figures, durations, instants and phone numbers as people read them. Pure; the language is a parameter. */

const MINUTE_S = 60
const HOUR_S = 3600
const DAY_S = 86_400

/** 12,000 */
export function count(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value)
}

/** 12,000.5: one decimal at the most. */
export function decimal(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value)
}

/** 68.3 %, from 0 to 100; a dash when there is none. */
export function percent(value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined) return '–'
  const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value)
  return `${figure} %`
}

/** Whole percent of a part, without ever saying 100 before all is done or 0 once something is. */
export function share(part: number, whole: number): number {
  if (whole <= 0) return 0
  const exact = (part / whole) * 100
  if (part < whole && exact > 99) return 99
  if (part > 0 && exact < 1) return 1
  return Math.round(exact)
}

/** 1:04 or 1:02:09 */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const parts = [Math.floor(whole / HOUR_S), Math.floor((whole % HOUR_S) / MINUTE_S), whole % MINUTE_S]
  const [hours = 0, minutes = 0, rest = 0] = parts
  const two = (part: number) => String(part).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** "45 seconds", "15 minutes", "4 hours", "1 day": the largest unit that is whole, else two of them. */
export function span(seconds: number, locale: string): string {
  const unit = (value: number, name: 'second' | 'minute' | 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value)
  const steps = [
    [DAY_S, 'day'],
    [HOUR_S, 'hour'],
    [MINUTE_S, 'minute'],
    [1, 'second'],
  ] as const
  const parts: string[] = []
  let rest = Math.max(0, Math.round(seconds))
  for (const [size, name] of steps) {
    const whole = Math.floor(rest / size)
    if (whole > 0) parts.push(unit(whole, name))
    rest -= whole * size
  }
  return parts.length === 0 ? unit(0, 'second') : parts.slice(0, 2).join(' ')
}

/** "2 min ago", "in 3 hours"; "now" within a second and a half. */
export function ago(at: string | number | Date, now: number, locale: string): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const size = Math.abs(seconds)
  if (size < 1.5) return words.format(0, 'second')
  if (size < MINUTE_S) return words.format(Math.round(seconds), 'second')
  if (size < HOUR_S) return words.format(Math.round(seconds / MINUTE_S), 'minute')
  if (size < DAY_S) return words.format(Math.round(seconds / HOUR_S), 'hour')
  return words.format(Math.round(seconds / DAY_S), 'day')
}

/** Nov 22, 2026, 2:20:05 PM EST: the exact instant, in the reader's zone or in the one given. */
export function instant(at: string, locale: string, timeZone?: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'medium', timeZone } as const
  const zone = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(
    new Date(at),
  )
  const name = zone.find(part => part.type === 'timeZoneName')?.value ?? ''
  return `${new Intl.DateTimeFormat(locale, options).format(new Date(at))} ${name}`
}

/** 2:20 PM when it is today, else with the day. */
export function clock(at: string | number, now: number, locale: string, timeZone?: string): string {
  const day = (value: Date) => new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone }).format(value)
  const that = new Date(at)
  const isToday = day(that) === day(new Date(now))
  const options: Intl.DateTimeFormatOptions = isToday
    ? { timeStyle: 'short', timeZone }
    : { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone }
  return new Intl.DateTimeFormat(locale, options).format(that)
}

/** +1 202 555 0100. Numbers of North America in their groups; others as E.164 with the rest in threes. */
export function phone(e164: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164)
  if (american) return `+1 ${american[1]} ${american[2]} ${american[3]}`
  const digits = /^\+(\d{2})(\d+)$/.exec(e164)
  if (!digits) return e164
  return `+${digits[1]} ${(digits[2] ?? '').replace(/(\d{3})(?=\d{2,})/g, '$1 ')}`.trim()
}

/** 1.4 MB */
export function bytes(value: number, locale: string): string {
  const steps = [
    [1e9, 'gigabyte'],
    [1e6, 'megabyte'],
    [1e3, 'kilobyte'],
    [1, 'byte'],
  ] as const
  const [size, unit] = steps.find(([step]) => value >= step) ?? [1, 'byte']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value / size)
}
