/** Browsers in which one is signed in; each can be signed out from here. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, done, type Schemas } from '@/api/client'
import { Confirm } from '@/shared/confirm'
import { useLast } from '@/shared/last'
import { When } from '@/shared/marks'
import { PAGE_ROWS, usePaged } from '@/shared/paged'
import { ErrorState, Loading } from '@/shared/states'
import classes from './account.module.css'
import { browserOf } from './browser-words'

type Session = Schemas['SessionItem']

const KEY = ['sessions']

export function Sessions() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const list = usePaged(KEY, cursor =>
    body(client.GET('/api/v1/sessions', { params: { query: { cursor, limit: PAGE_ROWS } } })),
  )
  const name = useBrowserName()
  const [ending, setEnding] = useState<Session | null>(null)
  const asked = useLast(ending)
  if (list.isPending) return <Loading height={80} />
  if (list.error) return <ErrorState error={list.error} onAgain={() => void list.refetch()} />
  async function end() {
    if (!ending) return
    await done(client.DELETE('/api/v1/sessions/{id}', { params: { path: { id: ending.id } } }))
    await queries.invalidateQueries({ queryKey: KEY })
  }
  return (
    <>
      <ul className={classes.sessions}>
        {list.rows.map(session => (
          <li key={session.id} className={classes.session}>
            <SessionWords session={session} />
            {!session.current && (
              <Button
                variant="default"
                size="xs"
                aria-label={t('account.sessions.endLabel', { name: name(session) })}
                onClick={() => setEnding(session)}
              >
                {t('account.sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="subtle" size="xs" onClick={() => void list.fetchNextPage()}>
          {t('shared.action.more')}
        </Button>
      )}
      <Confirm
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t('account.sessions.endTitle', { name: asked ? name(asked) : '' })}
        consequence={t('account.sessions.endConsequence')}
        verb={t('account.sessions.end')}
        act={end}
      />
    </>
  )
}

function SessionWords({ session }: { session: Session }) {
  const { t } = useTranslation()
  const name = useBrowserName()
  return (
    <Stack gap={0} style={{ minWidth: 0 }}>
      <Group gap="xs">
        <Text fw={600} title={session.user_agent}>
          {name(session)}
        </Text>
        {session.current && (
          <Badge variant="light" radius="sm" tt="none">
            {t('account.sessions.current')}
          </Badge>
        )}
      </Group>
      <Text fz="sm" c="dimmed">
        {t('account.sessions.seen')} <When at={session.seen_at} /> · {t('account.sessions.since')}{' '}
        <When at={session.created_at} />
      </Text>
    </Stack>
  )
}

function useBrowserName() {
  const { t } = useTranslation()
  return (session: Session): string => {
    const { browser, system } = browserOf(session.user_agent)
    if (browser && system) return t('account.sessions.on', { browser, system })
    return browser ?? system ?? (session.user_agent || t('account.sessions.unknown'))
  }
}
