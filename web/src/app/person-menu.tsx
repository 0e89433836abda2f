/** The signed-in person: account, appearance, language, way out. */
import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core'
import { IconLogout, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LanguageControl, SchemeControl } from '@/shared/appearance'
import { useMe, useSignOut } from './session'

export function PersonMenu() {
  const { t } = useTranslation()
  const { user } = useMe()
  const signOut = useSignOut()
  const initials = (user.name || user.email)
    .split(/\s+/)
    .map(part => part[0])
    .slice(0, 2)
    .join('')
    .toUpperCase()
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <UnstyledButton aria-label={t('shell.person')}>
          <Avatar size={32} radius="xl" color="indigo">
            {initials}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text px="sm" pt={6} fw={600}>
          {user.name}
        </Text>
        <Text px="sm" pb={6} fz="sm" c="dimmed">
          {user.email} · {t(`shared.role.${user.role as 'agent'}`)}
        </Text>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} />}>
          {t('shell.account')}
        </Menu.Item>
        <Menu.Label>{t('shell.shortcutsHint')}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('shell.scheme')}</Menu.Label>
        <SchemeControl mx="xs" />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        <LanguageControl mx="xs" mb="xs" />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
