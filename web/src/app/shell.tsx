/** The frame of all pages: navigation at the side, who is signed in at the top. */
import { AppShell, Badge, Burger, Group, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/shared/states'
import { Navigation } from './navigation'
import { PersonMenu } from './person-menu'
import { useMe } from './session'
import classes from './shell.module.css'

/** Below this the navigation is a drawer. Mantine's word for 768 px. */
const WIDE = 'sm'

export function Shell() {
  const { t } = useTranslation()
  const me = useMe()
  const [opened, drawer] = useDisclosure(false)
  const path = useRouterState({ select: state => state.location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when the page changes
  useEffect(() => drawer.close(), [path])
  return (
    <AppShell
      data-shell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: WIDE, collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#page">
        {t('shell.skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Group gap="sm" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={drawer.toggle}
            hiddenFrom={WIDE}
            size="sm"
            aria-label={t('shell.menu')}
          />
          <UnstyledButton component="a" href="/campaigns" className={classes.brand}>
            <img src="/icon.svg" alt="" width={24} height={24} />
            <Text fw={600} fz="lg">
              Carillon
            </Text>
          </UnstyledButton>
          <Text c="dimmed" fz="sm" visibleFrom={WIDE} truncate>
            {me.organization.name}
          </Text>
        </Group>
        <Group gap="sm" wrap="nowrap">
          {me.simulated_carrier && (
            <Tooltip label={t('shell.simulatedHint')}>
              <Badge variant="outline" color="gray" c="dimmed" radius="sm" tt="none" fw={400} tabIndex={0}>
                {t('shell.simulated')}
              </Badge>
            </Tooltip>
          )}
          <PersonMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={t('shell.navigation')}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} className={classes.main}>
        {me.user.role === 'agent' && !path.startsWith('/account') ? (
          <EmptyState title={t('shell.agentTitle')} text={t('shell.agent')} />
        ) : (
          <Outlet />
        )}
      </AppShell.Main>
    </AppShell>
  )
}
