/** Every call of a run, newest first. A row opens the story of the person called. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { CallState } from '@/shared/call-state'
import * as format from '@/shared/format'
import { ListState } from '@/shared/list-state'
import { Phone, When } from '@/shared/marks'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { codeWord } from './carrier-codes'
import { useAttempts } from './data'
import { FilterBar, OutcomeFilter } from './filter-bar'
import { useFormats } from './says'
import { useCampaignSearch } from './search'
import { attemptsTotal } from './totals'

type Attempt = Schemas['NamedAttempt']
type Props = { id: string; progress: Schemas['Progress'] | undefined }

export function AttemptsTab({ id, progress }: Props) {
  const { t } = useTranslation()
  const [search, change] = useCampaignSearch()
  const list = useAttempts(id, search)
  const columns = useColumns()
  const total = attemptsTotal(search, progress)
  return (
    <>
      <FilterBar rows="calls" total={total}>
        <SearchField
          value={search.q ?? ''}
          onSearch={q => change({ q })}
          label={t('campaign.filter.search')}
        />
        <OutcomeFilter />
      </FilterBar>
      <ListState
        list={list}
        narrowed={Boolean(search.q || search.outcome)}
        empty={<EmptyState title={t('campaign.attempts.empty')} text={t('campaign.attempts.emptyText')} />}
      >
        <VirtualTable
          label={t('campaign.attempts.label')}
          columns={columns}
          rows={list.rows}
          rowKey={row => row.id}
          total={total}
          narrow={row => <Narrow row={row} />}
          onOpen={row => change({ recipient: row.recipient_id }, { keep: true })}
          hasMore={list.hasNextPage && !list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      </ListState>
    </>
  )
}

function useColumns(): Column<Attempt>[] {
  const { t } = useTranslation()
  const { n } = useFormats()
  return [
    {
      key: 'placed',
      title: t('campaign.attempts.placed'),
      width: '110px',
      cell: row => <When at={row.placed_at} />,
    },
    {
      key: 'name',
      title: t('campaign.recipients.name'),
      width: 'minmax(120px, 1fr)',
      cell: row => row.name || <Text c="dimmed">{t('campaign.recipients.noName')}</Text>,
    },
    {
      key: 'phone',
      title: t('campaign.attempts.phone'),
      width: '150px',
      cell: row => <Phone number={row.phone} />,
    },
    {
      key: 'number',
      title: t('campaign.attempts.number'),
      width: '70px',
      right: true,
      cell: row => n(row.number),
    },
    {
      key: 'outcome',
      title: t('campaign.attempts.outcome'),
      width: 'minmax(150px, 1.6fr)',
      cell: row => <OutcomeCell row={row} />,
    },
    {
      key: 'duration',
      title: t('campaign.attempts.duration'),
      width: '80px',
      right: true,
      cell: row => (row.duration_s ? format.duration(row.duration_s) : '–'),
    },
    {
      key: 'from',
      title: t('campaign.attempts.from'),
      width: '150px',
      cell: row => <Phone number={row.from} />,
    },
    {
      key: 'cost',
      title: t('campaign.attempts.cost'),
      width: '110px',
      right: true,
      cell: row => (row.cost ? `${row.cost.amount} ${row.cost.currency}` : '–'),
    },
  ]
}

/** The outcome, and of a failed call the carrier's reason in words; its code comes last. */
function OutcomeCell({ row }: { row: Attempt }) {
  const { t } = useTranslation()
  const code = row.error_code
  return (
    <>
      <CallState call={row} />
      {code !== null && code !== undefined && (
        <Text span c="dimmed" fz="sm">
          {' '}
          {t(`campaign.code.${codeWord(code)}`)} ({t('campaign.attempts.code', { code })})
        </Text>
      )}
    </>
  )
}

function Narrow({ row }: { row: Attempt }) {
  return (
    <>
      <Text fw={600} truncate>
        {row.name || <Phone number={row.phone} />}
      </Text>
      <Text fz="sm" truncate component="div">
        <CallState call={row} />
        {row.duration_s ? ` · ${format.duration(row.duration_s)}` : ''} · <When at={row.placed_at} />
      </Text>
    </>
  )
}
