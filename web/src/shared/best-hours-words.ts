/** Suggested hours as they are said. */
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import type { SuggestedHours } from './best-hours'
import { percent } from './format'
import { DAYS } from './schedule'
import { dayName } from './schedule-words'

export type { SuggestedHours }

/** "Mon, Tue and Wed, 10:00 to 12:00", and how much more often people answered then. */
export function useHoursWords() {
  const { t } = useTranslation()
  const list = new Intl.ListFormat(locale(), { type: 'conjunction' })
  return {
    when: ({ days, start, end }: SuggestedHours) =>
      t('analytics.when', {
        days:
          days.length === DAYS.length
            ? t('analytics.everyDay')
            : list.format(DAYS.filter(day => days.includes(day)).map(day => dayName(day, locale(), 'short'))),
        start,
        end,
      }),
    why: ({ rate, against }: SuggestedHours) =>
      t('analytics.why', { rate: percent(rate, locale()), against: percent(against, locale()) }),
  }
}
