/** Imports, newest first: what became of each row, and what can still be done about it. */
import { ActionIcon, Group, Menu, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { count } from '@/shared/format'
import { sourceOf } from '@/shared/list-import/sheet'
import { When } from '@/shared/marks'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { ImportState } from './import-state'
import { canUndo, hasRejects, type Import, rejectsAddress } from './imports'

type Props = {
  rows: Import[]
  hasMore: boolean
  onMore: () => void
  onOpen: (list: Import) => void
  onUndo: (list: Import) => void
}

export function ImportTable({ rows, hasMore, onMore, onOpen, onUndo }: Props) {
  const { t } = useTranslation()
  const figure = (key: 'rows' | 'imported' | 'updated' | 'skipped' | 'rejected'): Column<Import> => ({
    key,
    title: t(`contacts.imports.${key}`),
    width: '84px',
    right: true,
    cell: list => count(list[key], locale()),
  })
  const columns: Column<Import>[] = [
    {
      key: 'file',
      title: t('contacts.imports.file'),
      width: 'minmax(150px, 1.6fr)',
      cell: list => list.file_name,
    },
    {
      key: 'source',
      title: t('contacts.imports.source'),
      width: '106px',
      cell: list => t(`contacts.imports.sources.${sourceOf(list)}`),
    },
    {
      key: 'state',
      title: t('contacts.imports.state'),
      width: 'minmax(228px, 1fr)',
      cell: list => <ImportState list={list} />,
    },
    figure('rows'),
    figure('imported'),
    figure('updated'),
    figure('skipped'),
    figure('rejected'),
    {
      key: 'when',
      title: t('contacts.imports.when'),
      width: '100px',
      right: true,
      cell: list => <When at={list.created_at} />,
    },
    {
      key: 'actions',
      title: t('contacts.imports.more'),
      unseen: true,
      width: '36px',
      cell: list => <Actions list={list} onUndo={() => onUndo(list)} />,
    },
  ]
  return (
    <VirtualTable
      label={t('contacts.imports.title')}
      columns={columns}
      rows={rows}
      rowKey={list => list.id}
      hasMore={hasMore}
      onMore={onMore}
      onOpen={onOpen}
      height="calc(100dvh - 156px - var(--page-bar))"
      narrow={list => <Narrow list={list} onUndo={() => onUndo(list)} />}
    />
  )
}

function Narrow({ list, onUndo }: { list: Import; onUndo: () => void }) {
  const { t } = useTranslation()
  const figures = (['imported', 'updated', 'skipped', 'rejected'] as const)
    .filter(key => list[key] > 0)
    .map(key => `${count(list[key], locale())} ${t(`contacts.imports.lower.${key}`)}`)
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <div style={{ minWidth: 0 }}>
        <Text truncate fw={600}>
          {list.file_name}
        </Text>
        <Text truncate fz="sm" c="dimmed" component="div">
          {figures.length > 0 && !list.undo && list.state === 'done' ? (
            figures.join(', ')
          ) : (
            <ImportState list={list} />
          )}
          {` · ${t(`contacts.imports.sources.${sourceOf(list)}`)}`}
        </Text>
      </div>
      <Actions list={list} onUndo={onUndo} />
    </Group>
  )
}

function Actions({ list, onUndo }: { list: Import; onUndo: () => void }) {
  const { t } = useTranslation()
  if (!canUndo(list) && !hasRejects(list)) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('contacts.imports.actions', { name: list.file_name })}
          onClick={event => event.stopPropagation()}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={event => event.stopPropagation()}>
        {hasRejects(list) && (
          <Menu.Item component="a" href={rejectsAddress(list.id)} download>
            {t('contacts.imports.rejects')}
          </Menu.Item>
        )}
        {canUndo(list) && (
          <Menu.Item color="red" onClick={onUndo}>
            {t('contacts.imports.undo')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
