/** Who is in the campaign: how many, each with the reason when somebody is not called, and out again. */
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, done, type Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { useAnyLength } from '@/shared/any-length'
import { FAR_PAGE_ROWS } from '@/shared/far-rows'
import { count } from '@/shared/format'
import { ListState } from '@/shared/list-state'
import { Phone } from '@/shared/marks'
import { tell, warn } from '@/shared/notice'
import { Panel } from '@/shared/panel'
import { useWords } from '@/shared/says'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import type { Campaign } from './draft'
import type { People } from './steps'

type Recipient = Schemas['Recipient']
type Props = { campaign: Campaign; people: People | undefined; onChanged: () => void }

export function Enrolled({ campaign, people, onChanged }: Props) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const { id } = campaign
  const total = q === '' ? people?.total : undefined
  const { list, table } = useAnyLength<Recipient>(
    ['campaign', id, 'recipients', 'all', { q }],
    total,
    asked =>
      body(
        client.GET('/api/v1/campaigns/{id}/recipients', {
          params: { path: { id }, query: { limit: FAR_PAGE_ROWS, q: q || undefined, ...asked } },
        }),
      ),
  )
  const reason = useReason()
  return (
    <Panel
      title={t('create.contacts.enrolled')}
      aside={
        people &&
        people.total > 0 && (
          <SearchField main={false} value={q} onSearch={setQ} label={t('create.list.search')} />
        )
      }
    >
      <Text mb="sm" role="status" mih={22}>
        {people && people.total > 0 && <HowMany people={people} />}
      </Text>
      <ListState
        list={list}
        narrowed={q !== ''}
        height={200}
        empty={<EmptyState title={t('create.contacts.nobodyTitle')} text={t('create.contacts.nobody')} />}
      >
        <VirtualTable
          label={t('create.contacts.enrolled')}
          columns={useColumns(id, onChanged)}
          {...table}
          rowKey={it => it.id}
          total={total}
          narrow={it => (
            <Group justify="space-between" wrap="nowrap">
              <div>
                <div>{it.name || '–'}</div>
                <Text fz="sm" c="dimmed">
                  <Phone number={it.phone} /> {reason(it)}
                </Text>
              </div>
              <Remove campaign={id} recipient={it} onRemoved={onChanged} />
            </Group>
          )}
          height={360}
        />
      </ListState>
    </Panel>
  )
}

function HowMany({ people: { total, suppressed } }: { people: People }) {
  const { t } = useTranslation()
  const n = count(total, locale())
  const left = count(suppressed, locale())
  return (
    <>
      <b>{t('create.contacts.people', { count: total, n })}</b>
      {suppressed > 0 && ` · ${t('create.contacts.notCalled', { count: suppressed, n: left })}`}
    </>
  )
}

/** Reasons that have words here; the server may learn others. */
const REASONS = [
  'do_not_call',
  'no_consent',
  'invalid',
  'duplicate',
  'country_not_allowed',
  'expired',
  'removed',
  'stopped',
] as const

/** Why somebody is not called; nothing for those who are. */
function useReason() {
  const { t } = useTranslation()
  return ({ state, reason }: Recipient): string => {
    if (state !== 'suppressed' || !reason) return ''
    const known = REASONS.find(it => it === reason)
    return t(`create.reason.${known ?? 'other'}`, { reason })
  }
}

function useColumns(campaign: string, onChanged: () => void): Column<Recipient>[] {
  const { t } = useTranslation()
  const reason = useReason()
  return [
    { key: 'name', title: t('create.list.name'), width: 'minmax(120px, 2fr)', cell: it => it.name || '–' },
    { key: 'phone', title: t('create.list.phone'), width: '150px', cell: it => <Phone number={it.phone} /> },
    {
      key: 'zone',
      title: t('create.list.zone'),
      width: 'minmax(90px, 1fr)',
      cell: it => <span title={it.timezones.join(', ')}>{it.timezones.map(city).join(', ') || '–'}</span>,
    },
    { key: 'reason', title: t('create.list.note'), width: 'minmax(150px, 1.2fr)', cell: reason },
    {
      key: 'remove',
      title: t('shared.action.remove'),
      unseen: true,
      width: '32px',
      cell: it => <Remove campaign={campaign} recipient={it} onRemoved={onChanged} />,
    },
  ]
}

/** A zone by its city: the continent before it would be all that a narrow column shows. */
function city(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}

type RemoveProps = { campaign: string; recipient: Recipient; onRemoved: () => void }

function Remove({ campaign, recipient, onRemoved }: RemoveProps) {
  const { t } = useTranslation()
  const words = useWords()
  const name = recipient.name || recipient.phone
  const removing = useMutation({
    mutationFn: () =>
      done(
        client.DELETE('/api/v1/campaigns/{id}/recipients/{recipient_id}', {
          params: { path: { id: campaign, recipient_id: recipient.id } },
        }),
      ),
    onSuccess: () => {
      tell(t('create.list.removed', { name }))
      onRemoved()
    },
    onError: error => warn(words(error)),
  })
  if (recipient.state === 'suppressed' && recipient.reason === 'removed') return null
  return (
    <Tooltip label={t('create.list.removeHint')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        loading={removing.isPending}
        onClick={() => removing.mutate()}
        aria-label={t('create.list.remove', { name })}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
