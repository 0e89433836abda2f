/** Names a saved filter and shares it; one's own can be deleted. */
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '@/shared/confirm'
import { newerVersion, useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { useLast } from '@/shared/last'
import { tell } from '@/shared/notice'
import { type ContactFilter, filterBody, filterOf, isNarrowed, isSame } from './filter'
import { type SavedFilter, useRemoveFilter, useSaveFilter } from './saved-queries'

type Props = { edited: SavedFilter | 'new' | null; filter: ContactFilter; onClose: () => void }

export function SavedModal({ edited, filter, onClose }: Props) {
  const { t } = useTranslation()
  const shown = useLast(edited)
  const saved = shown === 'new' || shown === null ? undefined : shown
  return (
    <Modal
      opened={edited !== null}
      onClose={onClose}
      title={t(saved ? 'contacts.filter.saved.changeTitle' : 'contacts.filter.saved.title')}
    >
      <Naming saved={saved} filter={filter} onClose={onClose} />
    </Modal>
  )
}

type NamingProps = { saved: SavedFilter | undefined; filter: ContactFilter; onClose: () => void }
const NAMED = ['name', 'is_shared'] as const

function Naming({ saved, filter, onClose }: NamingProps) {
  const { t } = useTranslation()
  const [known, setKnown] = useState(saved)
  const [isDeleting, deleting] = useDisclosure(false)
  const [takes, setTakes] = useState(false)
  const saving = useSaveFilter(known, ({ name }) => {
    tell(t('contacts.filter.saved.savedNotice', { name }))
    onClose()
  })
  const { name = '', is_shared = false } = saved ?? {}
  const fields = useFields({ name, is_shared }, saving.error)
  const differs = known && isNarrowed(filter) && !isSame(filterOf(known.filter), filter)
  function submit(event: FormEvent) {
    event.preventDefault()
    const isNew = !known || (differs && takes)
    saving.mutate({ ...fields.values, filter: isNew ? filterBody(filter) : undefined })
  }
  function loadNewer() {
    const newer = newerVersion<SavedFilter>(saving.error)
    if (!newer) return
    setKnown(newer)
    fields.setValues({ name: newer.name, is_shared: newer.is_shared })
    saving.reset()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('contacts.filter.saved.name')}
          autoComplete="off"
          withAsterisk
          data-autofocus
          {...fields.text('name')}
        />
        <Checkbox
          label={t('contacts.filter.saved.share')}
          checked={fields.values.is_shared}
          onChange={event => fields.set('is_shared', event.currentTarget.checked)}
        />
        {differs && (
          <Checkbox
            label={t('contacts.filter.saved.take')}
            checked={takes}
            onChange={event => setTakes(event.currentTarget.checked)}
          />
        )}
        <FormProblem error={saving.error} fields={NAMED} onNewer={loadNewer} />
        <Group justify="space-between" gap="xs">
          {known ? (
            <Button variant="default" color="red" onClick={deleting.open}>
              {t('contacts.filter.saved.deleteVerb')}
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit" loading={saving.isPending}>
            {t(known ? 'contacts.filter.saved.changeVerb' : 'contacts.filter.saved.saveVerb')}
          </Button>
        </Group>
      </Stack>
      {known && <Deleting saved={known} opened={isDeleting} onClose={deleting.close} onGone={onClose} />}
    </form>
  )
}

type DeletingProps = { saved: SavedFilter; opened: boolean; onClose: () => void; onGone: () => void }

function Deleting({ saved, opened, onClose, onGone }: DeletingProps) {
  const { t } = useTranslation()
  const remove = useRemoveFilter()
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('contacts.filter.saved.deleteTitle', { name: saved.name })}
      consequence={t(
        saved.is_shared ? 'contacts.filter.saved.deleteShared' : 'contacts.filter.saved.deleteWhat',
      )}
      verb={t('contacts.filter.saved.deleteVerb')}
      act={() => remove(saved.id).then(onGone)}
    />
  )
}
