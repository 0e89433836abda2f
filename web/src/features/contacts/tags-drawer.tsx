/** All tags at the side of the contact book: how many contacts have each, and what can be done with it. */
import { ActionIcon, Drawer, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { locale } from '@/i18n'
import { useLast } from '@/shared/last'
import { ListState } from '@/shared/list-state'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { contactsOf, type Tag, useTags } from '@/shared/tags'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { DeleteTag } from './delete-tag'
import { RenameTag } from './rename-tag'

type Props = {
  opened: boolean
  onClose: () => void
  /** Shows the contacts with a tag. */
  onTag: (tag: string) => void
  /** A tag has another name now, or none. */
  onGone: (from: string, to: string) => void
}

type Act = { tag: Tag; what: 'rename' | 'delete' }

export function TagsDrawer({ opened, onClose, onTag, onGone }: Props) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const [act, setAct] = useState<Act | null>(null)
  const asked = useLast(act)
  const list = useTags(q, opened)
  const columns = useColumns(onTag, setAct)
  const line = { tag: asked?.tag, known: list.rows, onClose: () => setAct(null), onGone }
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('contacts.tags.title')}
      // The window over it is closed first.
      closeOnEscape={act === null}
    >
      <Stack gap="sm">
        <Text c="dimmed" fz="sm">
          {t('contacts.tags.lead')}
        </Text>
        <SearchField value={q} onSearch={setQ} label={t('contacts.tags.search')} main={false} />
        <ListState
          list={list}
          narrowed={q !== ''}
          empty={<EmptyState title={t('contacts.tags.emptyTitle')} text={t('contacts.tags.empty')} />}
        >
          <VirtualTable
            label={t('contacts.tags.title')}
            columns={columns}
            rows={list.rows}
            rowKey={tag => tag.tag}
            narrow={tag => (
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <div style={{ minWidth: 0 }}>
                  {columns.find(it => it.key === 'tag')?.cell(tag)}
                  <Text c="dimmed" fz="sm">
                    {t('contacts.tags.contacts', { count: tag.contacts, n: contactsOf(tag, locale()) })}
                  </Text>
                </div>
                {columns.find(it => it.key === 'acts')?.cell(tag)}
              </Group>
            )}
            hasMore={list.hasNextPage && !list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
            height="calc(100dvh - 220px)"
          />
        </ListState>
      </Stack>
      <RenameTag key={asked?.tag.tag} {...line} opened={act?.what === 'rename'} />
      <DeleteTag {...line} opened={act?.what === 'delete'} />
    </Drawer>
  )
}

function useColumns(onTag: (tag: string) => void, onAct: (act: Act) => void): Column<Tag>[] {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_contacts')
  const columns: Column<Tag>[] = [
    {
      key: 'tag',
      title: t('contacts.tags.tag'),
      width: 'minmax(120px, 1fr)',
      cell: ({ tag }) => (
        <UnstyledButton fw={600} onClick={() => onTag(tag)} aria-label={t('contacts.filterByTag', { tag })}>
          {tag}
        </UnstyledButton>
      ),
    },
    {
      key: 'contacts',
      title: t('contacts.title'),
      width: '90px',
      right: true,
      cell: tag => contactsOf(tag, locale()),
    },
  ]
  if (!mayEdit) return columns
  const acts: Column<Tag> = {
    key: 'acts',
    title: t('contacts.tags.acts'),
    unseen: true,
    width: '68px',
    cell: tag => (
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('contacts.tags.renameOne', { tag: tag.tag })}
          onClick={() => onAct({ tag, what: 'rename' })}
        >
          <IconPencil size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('contacts.tags.deleteOne', { tag: tag.tag })}
          onClick={() => onAct({ tag, what: 'delete' })}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    ),
  }
  return [...columns, acts]
}
