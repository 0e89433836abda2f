/** API tokens: keys for programs, each acting as a person; their values are shown once and revoked for good. */
import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, done } from '@/api/client'
import { useMay } from '@/app/session'
import { Confirm } from '@/shared/confirm'
import { useLast } from '@/shared/last'
import { ListState } from '@/shared/list-state'
import { tell } from '@/shared/notice'
import { Page } from '@/shared/page'
import { EmptyState } from '@/shared/states'
import { type Token, useTokens } from './queries'
import { TokenModal } from './token-modal'
import { TokenTable } from './token-table'

export default function TokensPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const list = useTokens()
  const [isMaking, making] = useDisclosure(false)
  const [revoking, setRevoking] = useState<Token | null>(null)
  const asked = useLast(revoking)
  async function revoke() {
    if (!revoking) return
    await done(client.DELETE('/api/v1/tokens/{id}', { params: { path: { id: revoking.id } } }))
    await queries.invalidateQueries({ queryKey: ['tokens'] })
    tell(t('admin.tokens.revokedNotice', { name: revoking.name }))
  }
  const add = useMay('manage_tokens') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={making.open}>
      {t('admin.tokens.new')}
    </Button>
  )
  return (
    <Page wide title={t('admin.tokens.title')} actions={add}>
      <Text c="dimmed" mb="sm">
        {t('admin.tokens.lead')} <a href="/api/openapi.json">{t('admin.tokens.document')}</a>
      </Text>
      <ListState
        list={list}
        empty={
          <EmptyState
            icon={<IconKey size={32} stroke={1.4} aria-hidden />}
            title={t('admin.tokens.emptyTitle')}
            text={t('admin.tokens.empty')}
            action={add}
          />
        }
      >
        <TokenTable
          rows={list.rows}
          hasMore={list.hasNextPage}
          onMore={() => void (list.isFetching || list.fetchNextPage())}
          onRevoke={setRevoking}
        />
      </ListState>
      <TokenModal opened={isMaking} onClose={making.close} />
      <Confirm
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t('admin.tokens.revokeTitle', { name: asked?.name })}
        consequence={t('admin.tokens.revokeConsequence')}
        verb={t('admin.tokens.revoke')}
        act={revoke}
      />
    </Page>
  )
}
