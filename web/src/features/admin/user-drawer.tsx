/** A new person, or one to be changed; and the way to shut somebody out. */
import { Button, Divider, Drawer, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '@/api/client'
import { useMe } from '@/app/session'
import { Confirm } from '@/shared/confirm'
import { tell } from '@/shared/notice'
import type { User } from './queries'
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
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [isAsking, asking] = useDisclosure(false)
  const verb = user.disabled ? t('admin.users.enable') : t('admin.users.disable')
  async function change() {
    const changed = await body(
      client.PATCH('/api/v1/users/{id}', {
        params: { path: { id: user.id } },
        body: { version: user.version, disabled: !user.disabled },
      }),
    )
    onChanged(changed)
    await queries.invalidateQueries({ queryKey: ['users'] })
  }
  return (
    <>
      <Button variant="default" w="fit-content" onClick={asking.open}>
        {verb}
      </Button>
      <Confirm
        opened={isAsking}
        onClose={asking.close}
        danger={!user.disabled}
        title={t(user.disabled ? 'admin.users.enableTitle' : 'admin.users.disableTitle', { name: user.name })}
        consequence={t(user.disabled ? 'admin.users.enableConsequence' : 'admin.users.disableConsequence')}
        verb={verb}
        act={change}
      />
    </>
  )
}
