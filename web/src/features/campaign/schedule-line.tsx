/** The pattern of a campaign that waits for its next run, and when that is by the reader's own clock. */
import { Text } from '@mantine/core'
import { IconCalendarRepeat } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { ago } from '@/shared/format'
import { useNow } from '@/shared/now'
import { useOccurrences, useScheduleWords } from '@/shared/occurrences'
import { useRuns } from './data'

type Campaign = Schemas['Campaign']

export function ScheduleLine({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const { words, yours } = useScheduleWords()
  const now = useNow()
  const isPaused = useIsBetweenRuns(campaign)
  const isWaiting = campaign.status === 'scheduled'
  const { items } = useOccurrences(campaign, 1, isWaiting)
  const [next] = items ?? []
  if (!isWaiting && !isPaused) return null
  const parts = next && isWaiting ? [ago(next.at, now, locale()), yours(next)].filter(it => it !== '') : []
  return (
    <Text component="p" m={0} c="dimmed">
      <IconCalendarRepeat size={16} aria-hidden style={{ verticalAlign: '-3px', marginRight: 6 }} />
      {words(campaign.schedule)}
      {parts.length > 0 && ` · ${parts.join(' · ')}`}
      {isPaused && ` · ${t('campaign.schedule.skips')}`}
    </Text>
  )
}

/** Paused while its newest run had not begun: the schedule goes on when it is resumed. */
function useIsBetweenRuns({ id, status, schedule }: Campaign): boolean {
  const { rows } = useRuns(id)
  const newest = rows.reduce<Schemas['RunView'] | undefined>(
    (last, it) => (last && last.number > it.number ? last : it),
    undefined,
  )
  return status === 'paused' && schedule.kind !== 'manual' && newest?.state === 'prepared'
}
