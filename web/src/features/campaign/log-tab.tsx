/** What happened to the campaign, newest first: starts, pauses, errors, and who did what. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { count } from '@/shared/format'
import { ListState } from '@/shared/list-state'
import { When } from '@/shared/marks'
import { dateWords, timeOf } from '@/shared/schedule-words'
import { EmptyState } from '@/shared/states'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { useLog } from './data'
import { addedCount, logKind } from './log-kind'
import { type ScheduleEntry, scheduleEntry } from './log-schedule'

type Item = Schemas['LogItem']

export function LogTab({ id }: { id: string }) {
  const { t } = useTranslation()
  const list = useLog(id)
  const words = useLogWords()
  const columns: Column<Item>[] = [
    { key: 'at', title: t('campaign.log.at'), width: '120px', cell: row => <When at={row.at} /> },
    {
      key: 'what',
      title: t('campaign.log.label'),
      width: 'minmax(200px, 4fr)',
      cell: row => (
        <Text truncate title={words.what(row)}>
          {words.what(row)}
        </Text>
      ),
    },
    { key: 'who', title: t('campaign.log.who'), width: 'minmax(120px, 1fr)', cell: words.who },
  ]
  return (
    <ListState
      list={list}
      empty={<EmptyState title={t('campaign.log.empty')} text={t('campaign.log.emptyText')} />}
    >
      <VirtualTable
        label={t('campaign.log.label')}
        columns={columns}
        rows={list.rows}
        rowKey={row => row.id}
        narrow={row => (
          <>
            <Text truncate>{words.what(row)}</Text>
            <Text c="dimmed" fz="sm" truncate>
              {words.who(row)} · <When at={row.at} />
            </Text>
          </>
        )}
        hasMore={list.hasNextPage && !list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </ListState>
  )
}

function useLogWords() {
  const { t } = useTranslation()
  function scheduled({ word, local, zone, n, why }: ScheduleEntry): string {
    const date = local ? dateWords(local, locale(), 'short') : ''
    const when = local ? t('shared.schedule.moment', { date, time: timeOf(local), zone }) : ''
    return t(`campaign.logSchedule.${word}`, { when, n: n ?? 0, why: why ?? '' })
  }
  return {
    what(item: Item) {
      const added = addedCount(item)
      if (added !== undefined) return t('campaign.logKind.added', { count: added, n: count(added, locale()) })
      const entry = scheduleEntry(item)
      if (entry) return scheduled(entry)
      const kind = logKind(item)
      return kind ? t(`campaign.logKind.${kind}`) : item.message
    },
    who: (item: Item) => item.actor,
  }
}
