/** A new person, or one to be changed; and the way to shut somebody out. */
import { Divider, Drawer, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { tell } from '@/shared/notice'
import type { User } from './queries'
import { UserAct } from './user-act'
import { UserForm } from './user-form'

type Props = { opened: boolean; user?: User; onClose: () => void }

export function UserDrawer({ opened, user, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={user ? t('admin.users.editTitle', { name: user.name }) : t('admin.users.new')}
    >
      <Editing user={user} onClose={onClose} />
    </Drawer>
  )
}

function Editing({ user, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation()
  const me = useMe()
  const [known, setKnown] = useState(user)
  function saved(next: User) {
    tell(t('admin.users.saved', { name: next.name }))
    onClose()
  }
  return (
    <Stack gap="lg">
      {known?.id === me.user.id && (
        <Text fz="sm" c="dimmed">
          {t('admin.users.selfHint')}
        </Text>
      )}
      <UserForm user={known} onSaved={saved} onCancel={onClose} onNewer={setKnown} />
      {known && (
        <>
          <Divider />
          <Access user={known} onChanged={setKnown} />
        </>
      )}
    </Stack>
  )
}

function Access({ user, onChanged }: { user: User; onChanged: (user: User) => void }) {
  return (
    <Group gap="xs">
      <UserAct user={user} act={user.disabled ? 'enable' : 'disable'} onChanged={onChanged} />
      {user.second_factor && <UserAct user={user} act="factorOff" onChanged={onChanged} />}
    </Group>
  )
}
