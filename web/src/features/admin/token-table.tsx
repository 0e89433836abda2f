/** Tokens, newest first: how each begins, as whom it acts, when it was last used. */
import { Button, Code, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dot } from '@/shared/dot'
import { When } from '@/shared/marks'
import { useNow } from '@/shared/now'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { type Token, useUsers } from './queries'
import { tokenState } from './token-state'

const TONES = { good: 'active', expired: 'paused', revoked: 'draft' } as const

type Props = { rows: Token[]; hasMore: boolean; onMore: () => void; onRevoke: (token: Token) => void }

export function TokenTable({ rows, hasMore, onMore, onRevoke }: Props) {
  const { t } = useTranslation()
  const { rows: users } = useUsers()
  const person = (token: Token) => users.find(user => user.id === token.user_id)?.name ?? '–'
  const revoke = (token: Token) => <Revoke token={token} onRevoke={() => onRevoke(token)} />
  const columns: Column<Token>[] = [
    { key: 'name', title: t('admin.tokens.name'), width: 'minmax(140px, 2fr)', cell: token => token.name },
    {
      key: 'hint',
      title: t('admin.tokens.begins'),
      width: '130px',
      cell: token => <Code>{token.hint}…</Code>,
    },
    { key: 'person', title: t('admin.tokens.actsAs'), width: 'minmax(110px, 1.2fr)', cell: person },
    {
      key: 'state',
      title: t('admin.tokens.state'),
      width: '120px',
      cell: token => <TokenMark token={token} />,
    },
    {
      key: 'used',
      title: t('admin.tokens.used'),
      width: '120px',
      right: true,
      cell: token => <When at={token.last_used_at} />,
    },
    {
      key: 'expires',
      title: t('admin.tokens.expires'),
      width: '120px',
      right: true,
      cell: token => <When at={token.expires_at} />,
    },
    { key: 'revoke', title: t('admin.tokens.revokeShort'), unseen: true, width: '104px', cell: revoke },
  ]
  return (
    <VirtualTable
      label={t('admin.tokens.title')}
      columns={columns}
      rows={rows}
      rowKey={token => token.id}
      hasMore={hasMore}
      onMore={onMore}
      narrow={token => (
        <Group gap="xs" wrap="nowrap" justify="space-between">
          <div style={{ minWidth: 0 }}>
            <Text truncate fw={600}>
              {token.name}
            </Text>
            <Text truncate fz="sm" c="dimmed">
              {token.hint}… · {person(token)}
            </Text>
          </div>
          {token.revoked_at ? <TokenMark token={token} /> : revoke(token)}
        </Group>
      )}
    />
  )
}

function TokenMark({ token }: { token: Token }) {
  const { t } = useTranslation()
  const state = tokenState(token, useNow())
  return <Dot tone={TONES[state]}>{t(`admin.tokens.states.${state}`)}</Dot>
}

function Revoke({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useTranslation()
  if (token.revoked_at) return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('admin.tokens.revokeLabel', { name: token.name })}
      onClick={onRevoke}
    >
      {t('admin.tokens.revokeShort')}
    </Button>
  )
}
