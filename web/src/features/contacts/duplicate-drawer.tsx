/** One group of contacts that may be the same person: side by side, merged into one, or said to be different people. */
import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { Confirm } from '@/shared/confirm'
import { phone } from '@/shared/format'
import { useLast } from '@/shared/last'
import { tell, warn } from '@/shared/notice'
import { useWords } from '@/shared/says'
import { useDuplicateActs } from './duplicate-queries'
import { DuplicateTable } from './duplicate-table'
import { type DuplicateGroup, draftOf, groupKey, mergeBody, mergedValue } from './duplicates'
import { MergeResult } from './merge-result'

type Props = { group: DuplicateGroup | null; onClose: () => void }

export function DuplicateDrawer({ group, onClose }: Props) {
  const { t } = useTranslation()
  const shown = useLast(group)
  return (
    <Drawer
      opened={group !== null}
      onClose={onClose}
      title={t('contacts.duplicates.groupTitle')}
      size="min(1000px, 100vw)"
    >
      {shown && <Looking key={groupKey(shown)} group={shown} onClose={onClose} />}
    </Drawer>
  )
}

function Looking({ group, onClose }: { group: DuplicateGroup; onClose: () => void }) {
  const { t } = useTranslation()
  const words = useWords()
  const mayEdit = useMay('edit_contacts')
  const { ignore } = useDuplicateActs()
  const [draft, setDraft] = useState(() => draftOf(group.contacts))
  const [asks, setAsks] = useState(false)
  // People of several departments stay where they are: a contact belongs to one.
  const canMerge = mayEdit && group.department_id !== null && group.department_id !== undefined
  const wish = canMerge ? mergeBody(group.contacts, draft) : undefined
  async function different() {
    try {
      await ignore(group, !group.ignored)
      tell(t(group.ignored ? 'contacts.duplicates.takenBack' : 'contacts.duplicates.said'))
      onClose()
    } catch (error) {
      warn(words(error))
    }
  }
  return (
    <Stack gap="md">
      {group.size > group.contacts.length && (
        <Text c="dimmed">{t('contacts.duplicates.first', { n: group.contacts.length })}</Text>
      )}
      {!canMerge && mayEdit && <Alert variant="light">{t('contacts.duplicates.severalDepartments')}</Alert>}
      <DuplicateTable contacts={group.contacts} draft={draft} onChange={canMerge ? setDraft : undefined} />
      {canMerge && <MergeResult contacts={group.contacts} draft={draft} />}
      {mayEdit && (
        <Group justify="space-between" gap="xs">
          <Button variant="default" onClick={() => void different()}>
            {t(group.ignored ? 'contacts.duplicates.takeBack' : 'contacts.duplicates.different')}
          </Button>
          {canMerge && (
            <Button disabled={!wish} onClick={() => setAsks(true)}>
              {t('contacts.duplicates.merge')}
            </Button>
          )}
        </Group>
      )}
      {wish && (
        <ConfirmMerge
          wish={wish}
          name={
            mergedValue(group.contacts, draft, 'name') || phone(mergedValue(group.contacts, draft, 'phone'))
          }
          opened={asks}
          onClose={() => setAsks(false)}
          onMerged={onClose}
        />
      )}
    </Stack>
  )
}

type ConfirmProps = {
  wish: NonNullable<ReturnType<typeof mergeBody>>
  name: string
  opened: boolean
  onClose: () => void
  onMerged: () => void
}

function ConfirmMerge({ wish, name, opened, onClose, onMerged }: ConfirmProps) {
  const { t } = useTranslation()
  const { merge } = useDuplicateActs()
  const people = wish.from.length + 1
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('contacts.duplicates.mergeTitle', { count: people, name })}
      consequence={t('contacts.duplicates.mergeWhat', { count: wish.from.length })}
      verb={t('contacts.duplicates.merge')}
      act={async () => {
        await merge(wish)
        tell(t('contacts.duplicates.merged', { count: people, name }))
        onMerged()
      }}
    />
  )
}
