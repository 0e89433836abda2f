/** Hours that stand out in the organization's own calls, offered where a campaign's hours are chosen. */
import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type SuggestedHours as Hours, useBestHours } from '@/shared/best-hours'
import { useHoursWords } from '@/shared/best-hours-words'

export function SuggestedHours({ onUse }: { onUse: (hours: Hours) => void }) {
  const { t } = useTranslation()
  const words = useHoursWords()
  const { data } = useBestHours({})
  if (!data || data.suggested.length === 0) return null
  return (
    <section aria-label={t('analytics.fromOwnData')}>
      <Text fz="sm" fw={600} mb={4}>
        {t('analytics.fromOwnData')}
      </Text>
      <Stack gap={6} align="start">
        {data.suggested.map(hours => (
          <div key={words.when(hours)}>
            <Button size="compact-sm" variant="default" onClick={() => onUse(hours)}>
              {t('analytics.use', { when: words.when(hours) })}
            </Button>{' '}
            <Text span fz="sm" c="dimmed">
              {words.why(hours)}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  )
}
