/** Hours that a campaign could keep: where people answered more often, beyond chance. They are chosen in a campaign's schedule. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type SuggestedHours, useHoursWords } from '@/shared/best-hours-words'
import { Panel } from '@/shared/panel'
import classes from './analytics.module.css'

export function Suggestions({ suggested }: { suggested: SuggestedHours[] }) {
  const { t } = useTranslation()
  const words = useHoursWords()
  return (
    <Panel title={t('analytics.suggested')}>
      {suggested.length === 0 ? (
        <Text c="dimmed">{t('analytics.noSuggestion')}</Text>
      ) : (
        <>
          <ul className={classes.suggested}>
            {suggested.map(hours => (
              <li key={words.when(hours)}>
                <b>{words.when(hours)}</b> <span>{words.why(hours)}</span>
              </li>
            ))}
          </ul>
          <Text fz="sm" c="dimmed" mt={8}>
            {t('analytics.howToUse')}
          </Text>
        </>
      )}
    </Panel>
  )
}
