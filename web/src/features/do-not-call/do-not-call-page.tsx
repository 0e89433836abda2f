/** The do-not-call list: numbers that no campaign dials, from the moment they are on it. */
import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPhoneOff, IconPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { EntryTable } from './entry-table'
import { AddNumber, RemoveNumber } from './number-form'
import { type Entry, useEntries } from './queries'
import { parseSearch } from './search'

export default function DoNotCallPage() {
  const { t } = useTranslation()
  const { q } = useSearch({ strict: false, select: parseSearch })
  const navigate = useNavigate()
  const list = useEntries(q)
  const mayAdd = useMay('add_do_not_call')
  const [isAdding, adding] = useDisclosure(false)
  const [removing, setRemoving] = useState<Entry | null>(null)
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={adding.open}>
      {t('doNotCall.add')}
    </Button>
  )
  return (
    <Page wide title={t('doNotCall.title')} actions={add}>
      <Text c="dimmed" mb="sm">
        {t('doNotCall.lead')}
      </Text>
      <SearchField
        label={t('doNotCall.search')}
        value={q}
        onSearch={text =>
          void navigate({ to: '/do-not-call', search: text ? { q: text } : {}, replace: true })
        }
      />
      <div style={{ marginTop: 12 }}>
        <ListState
          list={list}
          narrowed={q !== ''}
          empty={
            <EmptyState
              icon={<IconPhoneOff size={32} stroke={1.4} aria-hidden />}
              title={t('doNotCall.emptyTitle')}
              text={t('doNotCall.empty')}
              action={add}
            />
          }
        >
          <EntryTable
            rows={list.rows}
            hasMore={list.hasNextPage}
            onMore={() => void (list.isFetching || list.fetchNextPage())}
            onRemove={setRemoving}
          />
        </ListState>
      </div>
      <AddNumber opened={isAdding} onClose={adding.close} />
      <RemoveNumber entry={removing} onClose={() => setRemoving(null)} />
    </Page>
  )
}
