/** The signed-in person: account, appearance, language, way out. */
import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { choose, LANGUAGES, type Language, remember } from '@/i18n'
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
        <Menu.Item disabled leftSection={<IconKeyboard size={16} />}>
          {t('shell.shortcutsHint')}
        </Menu.Item>
        <Menu.Divider />
        <SchemeChoice />
        <LanguageChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function SchemeChoice() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const data = (['light', 'dark', 'auto'] as const).map(value => ({ value, label: t(`shell.${value}`) }))
  return (
    <>
      <Menu.Label>{t('shell.scheme')}</Menu.Label>
      <SegmentedControl
        mx="xs"
        size="xs"
        data={data}
        value={colorScheme}
        onChange={value => setColorScheme(value as 'auto')}
      />
    </>
  )
}

function LanguageChoice() {
  const { t } = useTranslation()
  const data = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))
  function change(value: string) {
    remember(value as Language)
    void choose(value as Language)
  }
  return (
    <>
      <Menu.Label>{t('shell.language')}</Menu.Label>
      <SegmentedControl mx="xs" mb="xs" size="xs" data={data} value={i18next.language} onChange={change} />
    </>
  )
}
