/** Numbers that are never dialed, newest first, with who asked for it and why. */
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { phone } from '@/shared/format'
import { Phone, When } from '@/shared/marks'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import type { Entry } from './queries'

const SOURCES = ['page', 'import', 'key_press', 'tag'] as const

type Props = { rows: Entry[]; hasMore: boolean; onMore: () => void; onRemove: (entry: Entry) => void }

export function EntryTable({ rows, hasMore, onMore, onRemove }: Props) {
  const { t } = useTranslation()
  const mayRemove = useMay('remove_do_not_call')
  function source(entry: Entry) {
    const known = SOURCES.find(word => word === entry.source)
    return known ? t(`doNotCall.source.${known}`) : entry.source
  }
  const columns: Column<Entry>[] = [
    {
      key: 'phone',
      title: t('doNotCall.phone'),
      width: '190px',
      cell: entry => <Phone number={entry.phone} copy />,
    },
    {
      key: 'reason',
      title: t('doNotCall.reason'),
      width: 'minmax(160px, 3fr)',
      cell: entry => <span title={entry.reason}>{entry.reason}</span>,
    },
    { key: 'source', title: t('doNotCall.how'), width: 'minmax(120px, 1fr)', cell: source },
    {
      key: 'by',
      title: t('doNotCall.by'),
      width: 'minmax(110px, 1fr)',
      cell: entry => entry.added_by_name ?? '–',
    },
    {
      key: 'added',
      title: t('doNotCall.added'),
      width: '120px',
      right: true,
      cell: entry => <When at={entry.added_at} />,
    },
  ]
  const remove = (entry: Entry) => <Remove entry={entry} onRemove={() => onRemove(entry)} />
  if (mayRemove) columns.push({ key: 'remove', title: '', width: '36px', cell: remove })
  return (
    <VirtualTable
      label={t('doNotCall.title')}
      columns={columns}
      rows={rows}
      rowKey={entry => entry.phone}
      hasMore={hasMore}
      onMore={onMore}
      height="calc(100dvh - 236px - var(--page-bar))"
      narrow={entry => (
        <Group gap="xs" wrap="nowrap" justify="space-between">
          <div style={{ minWidth: 0 }}>
            <Text truncate fw={600}>
              <Phone number={entry.phone} />
            </Text>
            <Text truncate fz="sm" c="dimmed">
              {entry.reason}
            </Text>
          </div>
          {mayRemove && remove(entry)}
        </Group>
      )}
    />
  )
}

function Remove({ entry, onRemove }: { entry: Entry; onRemove: () => void }) {
  const { t } = useTranslation()
  const label = t('doNotCall.removeLabel', { phone: phone(entry.phone) })
  return (
    <Tooltip label={t('doNotCall.remove')}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Tooltip>
  )
}
