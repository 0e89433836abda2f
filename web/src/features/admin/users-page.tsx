/** People who sign in: their roles, their departments, and whether they may come in at all. */
import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '@/app/session'
import { useDepartments } from '@/shared/departments'
import { Dot } from '@/shared/dot'
import { useLast } from '@/shared/last'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { EmptyState } from '@/shared/states'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { type User, useUsers } from './queries'
import { UserDrawer } from './user-drawer'

export default function UsersPage() {
  const { t } = useTranslation()
  const list = useUsers()
  const [isAdding, adding] = useDisclosure(false)
  const [editing, setEditing] = useState<User | null>(null)
  const shown = useLast(editing)
  const add = useMay('manage_users') && (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={adding.open}>
      {t('admin.users.new')}
    </Button>
  )
  return (
    <Page wide title={t('admin.users.title')} actions={add}>
      <ListState
        list={list}
        empty={<EmptyState title={t('admin.users.title')} text={t('admin.users.empty')} action={add} />}
      >
        <UserTable
          rows={list.rows}
          hasMore={list.hasNextPage}
          onMore={() => void (list.isFetching || list.fetchNextPage())}
          onOpen={setEditing}
        />
      </ListState>
      <UserDrawer opened={isAdding} onClose={adding.close} />
      <UserDrawer opened={editing !== null} user={shown ?? undefined} onClose={() => setEditing(null)} />
    </Page>
  )
}

type TableProps = { rows: User[]; hasMore: boolean; onMore: () => void; onOpen: (user: User) => void }

function UserTable({ rows, hasMore, onMore, onOpen }: TableProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { data: departments = [] } = useDepartments()
  const names = (user: User) =>
    departments
      .filter(department => user.department_ids.includes(department.id))
      .map(department => department.name)
      .join(', ')
  const name = (user: User) =>
    user.id === me.user.id ? t('admin.users.you', { name: user.name }) : user.name
  const columns: Column<User>[] = [
    { key: 'name', title: t('admin.users.name'), width: 'minmax(140px, 1.5fr)', cell: name },
    { key: 'email', title: t('admin.users.email'), width: 'minmax(160px, 2fr)', cell: user => user.email },
    {
      key: 'role',
      title: t('admin.users.role'),
      width: '130px',
      cell: user => t(`shared.role.${user.role}`),
    },
    {
      key: 'departments',
      title: t('admin.users.departments'),
      width: 'minmax(120px, 1.5fr)',
      cell: user => names(user) || '–',
    },
    {
      key: 'state',
      title: t('admin.users.state'),
      width: '110px',
      cell: user => <UserState user={user} />,
    },
  ]
  return (
    <VirtualTable
      label={t('admin.users.title')}
      columns={columns}
      rows={rows}
      rowKey={user => user.id}
      hasMore={hasMore}
      onMore={onMore}
      onOpen={onOpen}
      narrow={user => (
        <>
          <Text truncate fw={600}>
            {name(user)} <UserState user={user} />
          </Text>
          <Text truncate fz="sm" c="dimmed">
            {t(`shared.role.${user.role}`)} · {user.email}
          </Text>
        </>
      )}
    />
  )
}

function UserState({ user }: { user: User }) {
  const { t } = useTranslation()
  return (
    <Dot tone={user.disabled ? 'paused' : 'active'}>
      {user.disabled ? t('admin.users.disabled') : t('admin.users.active')}
    </Dot>
  )
}
