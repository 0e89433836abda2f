/** Duplicates: contacts that may be the same person, in groups; a group is looked at side by side. */
import { Button, Group, SegmentedControl, Switch, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { locale } from '@/i18n'
import { useDepartmentName } from '@/shared/departments'
import { count, phone } from '@/shared/format'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { EmptyState } from '@/shared/states'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { DuplicateDrawer } from './duplicate-drawer'
import { useDuplicates } from './duplicate-queries'
import { type DuplicateGroup, groupKey, LIKENESSES, likenessOf } from './duplicates'

type Looked = { by: string | undefined; ignored: string | undefined }

export default function DuplicatesPage() {
  const { t } = useTranslation()
  const isAdministrator = useMe().user.role === 'admin'
  const search = useSearch({ strict: false, select: (it: Record<string, unknown>) => it })
  const by = likenessOf(search.by, isAdministrator)
  const ignored = String(search.ignored) === 'true'
  const navigate = useNavigate()
  const [group, setGroup] = useState<DuplicateGroup | null>(null)
  const list = useDuplicates(by, ignored)
  const columns = useColumns()
  function look(part: Partial<Looked>) {
    const next = { by, ignored: ignored ? 'true' : undefined, ...part }
    void navigate({ to: '/contacts/duplicates', search: next, replace: true })
  }
  return (
    <Page
      title={t('contacts.duplicates.title')}
      actions={
        <Button variant="default" renderRoot={props => <Link to="/contacts" {...props} />}>
          {t('contacts.duplicates.back')}
        </Button>
      }
    >
      <Text c="dimmed" mb="sm">
        {t(`contacts.duplicates.lead.${by}`)}
      </Text>
      <Which by={by} ignored={ignored} onChange={look} />
      <ListState
        // A page may be empty before the end of the book.
        list={{ ...list, isPending: list.isPending || (list.isFetchingNextPage && list.rows.length === 0) }}
        empty={
          list.hasNextPage ? null : (
            <EmptyState
              icon={<IconUsersGroup size={32} stroke={1.4} aria-hidden />}
              title={t(ignored ? 'contacts.duplicates.emptyIgnored' : 'contacts.duplicates.emptyTitle')}
              text={t('contacts.duplicates.empty')}
            />
          )
        }
      >
        <VirtualTable
          label={t('contacts.duplicates.title')}
          columns={columns}
          rows={list.rows}
          rowKey={groupKey}
          narrow={row => <Narrow group={row} />}
          onOpen={setGroup}
          hasMore={list.hasNextPage && !list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
          height="calc(100dvh - 232px - var(--page-bar))"
        />
      </ListState>
      <ReadOn list={list} />
      <DuplicateDrawer group={group} onClose={() => setGroup(null)} />
    </Page>
  )
}

/** By what contacts are alike, and whether those that were said to be different people are shown, too. */
function Which({
  by,
  ignored,
  onChange,
}: {
  by: string
  ignored: boolean
  onChange: (part: Partial<Looked>) => void
}) {
  const { t } = useTranslation()
  const isAdministrator = useMe().user.role === 'admin'
  return (
    <Group mb="sm" gap="md">
      <SegmentedControl
        aria-label={t('contacts.duplicates.by')}
        data={LIKENESSES.filter(it => it !== 'phone' || isAdministrator).map(value => ({
          value,
          label: t(`contacts.duplicates.byWhat.${value}`),
        }))}
        value={by}
        onChange={next => onChange({ by: next })}
      />
      <Switch
        label={t('contacts.duplicates.ignored')}
        checked={ignored}
        onChange={event => onChange({ ignored: event.currentTarget.checked ? 'true' : undefined })}
      />
    </Group>
  )
}

type Listed = ReturnType<typeof useDuplicates>

/** A stretch of the book without duplicates is read past by a press, not by an endless loop of requests. */
function ReadOn({ list }: { list: Listed }) {
  const { t } = useTranslation()
  if (!list.hasNextPage || list.rows.length > 0) return null
  return (
    <Group justify="center">
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t('contacts.duplicates.readOn')}
      </Button>
    </Group>
  )
}

function sizeOf({ size, at_least }: DuplicateGroup): string {
  return `${count(size, locale())}${at_least ? '+' : ''}`
}

function sharedWord({ by, key }: DuplicateGroup): string {
  return by === 'phone' ? phone(key) : key
}

function people({ contacts }: DuplicateGroup): string {
  return contacts.map(it => it.name || phone(it.phone)).join(', ')
}

function useColumns(): Column<DuplicateGroup>[] {
  const { t } = useTranslation()
  const departmentName = useDepartmentName()
  return [
    {
      key: 'people',
      title: t('contacts.duplicates.people'),
      width: 'minmax(180px, 3fr)',
      cell: people,
    },
    {
      key: 'key',
      title: t('contacts.duplicates.same'),
      width: 'minmax(140px, 2fr)',
      cell: sharedWord,
    },
    {
      key: 'department',
      title: t('contacts.field.department_id'),
      width: 'minmax(90px, 1fr)',
      cell: ({ department_id }) => department_id && departmentName(department_id),
    },
    { key: 'size', title: t('contacts.title'), width: '90px', right: true, cell: sizeOf },
  ]
}

function Narrow({ group }: { group: DuplicateGroup }) {
  const { t } = useTranslation()
  return (
    <>
      <Text fw={600} truncate>
        {people(group)}
      </Text>
      <Text fz="sm" c="dimmed" truncate>
        {t('contacts.tags.contacts', { count: group.size, n: sizeOf(group) })} · {sharedWord(group)}
      </Text>
    </>
  )
}
