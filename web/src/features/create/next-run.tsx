/** The first run that is to come, at the review: by the campaign's clock and by the reader's own where it differs. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useOccurrences, useScheduleWords } from '@/shared/occurrences'
import { readSchedule } from '@/shared/schedule'
import type { Campaign } from './draft'

export function NextRun({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const { moment, yours } = useScheduleWords()
  const { items } = useOccurrences(campaign, 1)
  const schedule = readSchedule(campaign.schedule)
  const [next] = items ?? []
  if (schedule.kind === 'manual') return null
  if (!next) return <Text mih={21}>{items && t('shared.schedule.none')}</Text>
  return (
    <Text mih={21}>
      {t('create.review.nextRun', { at: moment(next, schedule) })}{' '}
      <Text span c="dimmed" fz="sm">
        {yours(next)}
      </Text>
    </Text>
  )
}
