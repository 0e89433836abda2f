/** Every call to a contact, whatever campaign placed it, newest first. A row opens the contact's story in that campaign. */
import { Anchor, Text, Title } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { locale } from '@/i18n'
import { CallState } from '@/shared/call-state'
import { count, duration } from '@/shared/format'
import { ListState } from '@/shared/list-state'
import { Phone, When } from '@/shared/marks'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { type ContactAttempt, useHistory } from './queries'

/** Kept while the calls are asked for: most contacts have few. Pixels. */
const HEIGHT = 120
const TALLEST = 420

export function CallHistory({ contact }: { contact: string }) {
  const { t } = useTranslation()
  if (!useMay('read_results')) return null
  return (
    <section aria-label={t('contacts.history.title')}>
      <Calls contact={contact} />
    </section>
  )
}

function Calls({ contact }: { contact: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const list = useHistory(contact)
  const columns = useColumns()
  // How many there are is known when the last page is here.
  const total = list.data && !list.hasNextPage ? list.rows.length : undefined
  return (
    <>
      <Title order={2} mb={6}>
        {t('contacts.history.title')}
        {total ? (
          <Text span c="dimmed" fz="sm" fw={400} ml={8}>
            {t('contacts.history.calls', { count: total, n: count(total, locale()) })}
          </Text>
        ) : null}
      </Title>
      <ListState
        list={list}
        height={HEIGHT}
        empty={
          <Text c="dimmed" mih={HEIGHT}>
            {t('contacts.history.none')}
          </Text>
        }
      >
        <VirtualTable
          label={t('contacts.history.title')}
          columns={columns}
          rows={list.rows}
          rowKey={call => call.id}
          total={total}
          narrow={call => <Narrow call={call} />}
          onOpen={call =>
            void navigate({
              to: '/campaigns/$campaignId',
              params: { campaignId: call.campaign_id },
              search: { recipient: call.recipient_id },
            })
          }
          hasMore={list.hasNextPage && !list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
          height={TALLEST}
        />
      </ListState>
    </>
  )
}

function useColumns(): Column<ContactAttempt>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'when',
      title: t('contacts.history.when'),
      width: '110px',
      cell: call => <When at={call.placed_at} />,
    },
    {
      key: 'campaign',
      title: t('contacts.history.campaign'),
      width: 'minmax(150px, 2fr)',
      cell: campaignLink,
    },
    {
      key: 'outcome',
      title: t('contacts.history.outcome'),
      width: 'minmax(130px, 1fr)',
      cell: call => <CallState call={call} />,
    },
    {
      key: 'duration',
      title: t('contacts.history.duration'),
      width: '80px',
      right: true,
      cell: call => (call.duration_s ? duration(call.duration_s) : '–'),
    },
    {
      key: 'from',
      title: t('contacts.history.from'),
      width: '150px',
      cell: call => <Phone number={call.from} />,
    },
  ]
}

function campaignLink(call: ContactAttempt): ReactNode {
  return (
    <Anchor
      inherit
      renderRoot={props => (
        <Link
          to="/campaigns/$campaignId"
          params={{ campaignId: call.campaign_id }}
          {...props}
          // The row leads to the story; the name to the campaign itself.
          onClick={event => event.stopPropagation()}
        />
      )}
    >
      {call.campaign_name}
    </Anchor>
  )
}

function Narrow({ call }: { call: ContactAttempt }) {
  return (
    <>
      <Text fw={600} truncate>
        {call.campaign_name}
      </Text>
      <Text fz="sm" truncate component="div">
        <CallState call={call} />
        {call.duration_s ? ` · ${duration(call.duration_s)}` : ''} · <When at={call.placed_at} />
      </Text>
    </>
  )
}
