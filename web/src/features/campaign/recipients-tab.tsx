/** The people of a run: where each stands, what comes next or why not. A row opens the whole story. */
import { ActionIcon, Button, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type MouseEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMay } from '@/app/session'
import { ListState } from '@/shared/list-state'
import { OutcomeMark, Phone } from '@/shared/marks'
import { useNow } from '@/shared/now'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { useRecipients } from './data'
import { FilterBar, OutcomeFilter, StateFilter } from './filter-bar'
import { RemoveRecipient } from './remove-recipient'
import { useFormats } from './says'
import { useCampaignSearch } from './search'
import { next } from './story'
import { recipientsTotal } from './totals'

type Recipient = Schemas['Recipient']
type Props = { campaign: Schemas['Campaign']; progress: Schemas['Progress'] | undefined }

export function RecipientsTab({ campaign, progress }: Props) {
  const { t } = useTranslation()
  const [search, change] = useCampaignSearch()
  const [leaving, setLeaving] = useState<Recipient>()
  const columns = useColumns(campaign.retry, setLeaving)
  const total = recipientsTotal(search, progress)
  const { list, table } = useRecipients(campaign.id, search, total)
  return (
    <>
      <FilterBar rows="people" total={total}>
        <SearchField
          value={search.q ?? ''}
          onSearch={q => change({ q })}
          label={t('campaign.filter.search')}
        />
        <StateFilter />
        <OutcomeFilter />
      </FilterBar>
      <ListState
        list={list}
        narrowed={Boolean(search.q || search.state || search.outcome)}
        empty={<Nobody campaign={campaign} />}
      >
        <VirtualTable
          label={t('campaign.recipients.label')}
          columns={columns}
          {...table}
          rowKey={row => row.id}
          total={total}
          narrow={row => <Narrow row={row} />}
          onOpen={row => change({ recipient: row.id }, { keep: true })}
          selected={search.recipient}
        />
      </ListState>
      <RemoveRecipient id={campaign.id} recipient={leaving} onClose={() => setLeaving(undefined)} />
    </>
  )
}

function useColumns(retry: Schemas['Retry'], onRemove: (row: Recipient) => void): Column<Recipient>[] {
  const { t } = useTranslation()
  const { n } = useFormats()
  const mayEdit = useMay('edit_campaigns')
  function remove(event: MouseEvent, row: Recipient) {
    event.stopPropagation()
    onRemove(row)
  }
  return [
    {
      key: 'name',
      title: t('campaign.recipients.name'),
      width: 'minmax(130px, 1.4fr)',
      cell: row => row.name || <Text c="dimmed">{t('campaign.recipients.noName')}</Text>,
    },
    {
      key: 'phone',
      title: t('campaign.recipients.phone'),
      width: '150px',
      cell: row => <Phone number={row.phone} />,
    },
    {
      key: 'state',
      title: t('campaign.recipients.state'),
      width: '138px',
      cell: row => t(`shared.recipient.${row.state}`),
    },
    {
      key: 'outcome',
      title: t('campaign.recipients.outcome'),
      width: '142px',
      cell: row => <OutcomeMark outcome={row.outcome} />,
    },
    {
      key: 'attempts',
      title: t('campaign.recipients.attempts'),
      width: '56px',
      right: true,
      cell: row => n(row.attempts),
    },
    {
      key: 'next',
      title: t('campaign.recipients.next'),
      width: 'minmax(150px, 2fr)',
      cell: row => <NextOrWhy row={row} retry={retry} />,
    },
    {
      key: 'remove',
      title: t('campaign.recipients.remove'),
      unseen: true,
      width: '32px',
      cell: row =>
        row.state === 'pending' && mayEdit ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('campaign.recipients.removeOne', { name: row.name || row.phone })}
            onClick={event => remove(event, row)}
          >
            <IconX size={15} />
          </ActionIcon>
        ) : null,
    },
  ]
}

function NextOrWhy({ row, retry }: { row: Recipient; retry: Schemas['Retry'] }) {
  const { t } = useTranslation()
  const { at } = useFormats()
  const now = useNow()
  const { word, reason, dueAt } = next(row, retry)
  if (reason) return t(`campaign.whyNot.${reason}`)
  if (dueAt) return Date.parse(dueAt) <= now ? t('campaign.recipients.dueNow') : at(dueAt)
  return word === 'usedUp' || word === 'notRetried' ? t(`campaign.recipients.${word}`) : null
}

function Narrow({ row }: { row: Recipient }) {
  const { t } = useTranslation()
  return (
    <>
      <Text truncate fw={600}>
        {row.name || t('campaign.recipients.noName')}
      </Text>
      <Text c="dimmed" fz="sm" truncate>
        <Phone number={row.phone} /> · {t(`shared.recipient.${row.state}`)}
        {row.outcome && ` · ${t(`shared.outcome.${row.outcome}`)}`}
      </Text>
    </>
  )
}

function Nobody({ campaign }: { campaign: Schemas['Campaign'] }) {
  const { t } = useTranslation()
  const isDraft = campaign.status === 'draft'
  return (
    <EmptyState
      title={t('campaign.recipients.empty')}
      text={t('campaign.recipients.emptyText')}
      action={
        isDraft && (
          <Button component={Link} to={`/campaigns/${campaign.id}/edit?step=contacts`}>
            {t('campaign.recipients.add')}
          </Button>
        )
      }
    />
  )
}
