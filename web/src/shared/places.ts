/** Time zones and countries as choices, in the reader's language. */
import { locale } from '@/i18n'

export function timeZones(): string[] {
  return Intl.supportedValuesOf('timeZone')
}

/** All two-letter codes that have a name; the browser knows them. */
export function countries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale()], { type: 'region', fallback: 'none' })
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
  const codes = letters.flatMap(first => letters.map(second => first + second))
  return codes
    .map(value => ({ value, name: names.of(value) }))
    .filter((it): it is { value: string; name: string } => it.name !== undefined)
    .map(({ value, name }) => ({ value, label: `${name} (${value})` }))
    .sort((a, b) => a.label.localeCompare(b.label, locale()))
}
