/** Figures and instants in the reader's language, for this page's sentences. */
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import * as format from '@/shared/format'

const A_MINUTE = 60_000

/** Re-made when the language changes. Times are the reader's. */
export function useFormats() {
  const { i18n } = useTranslation()
  const language = i18n.language === 'de' ? 'de-DE' : locale()
  return {
    n: (value: number) => format.count(value, language),
    percent: (value: number | null | undefined) => format.percent(value, language),
    at: (instant: string) => format.clock(instant, Date.now(), language),
    instant: (instant: string) => format.instant(instant, language),
    span: (seconds: number) => format.span(seconds, language),
    /** "American English" of en-US; the tag itself when it has no name. */
    language: (tag: string) =>
      tag === '' ? '' : (new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag),
    list: (words: string[]) => new Intl.ListFormat(language, { type: 'conjunction' }).format(words),
    /** 2:20:05 PM, for moments within a call. */
    second: (instant: string) =>
      new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(new Date(instant)),
    minute: (at: number) =>
      new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(
        new Date(Math.round(at / A_MINUTE) * A_MINUTE),
      ),
  }
}
