/** One change of the chosen contacts: what will happen to how many, then how far it is, then what was refused and why. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import type { ContactFilter } from '@/shared/contact-filter/filter'
import { useCustomFields } from '@/shared/custom-fields'
import { FormProblem } from '@/shared/form-problem'
import { count } from '@/shared/format'
import { type BulkWish, isWhole, NO_WISH, wishedValue } from './bulk-draft'
import { BulkInputs } from './bulk-inputs'
import { type BulkAct, type BulkWhat, useChange, whomOf } from './bulk-queries'
import { BulkResult } from './bulk-result'
import type { Contact } from './queries'
import type { Selection } from './selection'
import { isDoNotCall } from './tags'

type Props = {
  act: BulkAct
  opened: boolean
  selection: Selection
  filter: ContactFilter
  people: { matched: number; at_least: boolean } | undefined
  rows: Contact[]
  onClose: () => void
  onDone: () => void
}

export function BulkModal({ opened, onClose, ...rest }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t(`contacts.bulk.windowTitle.${rest.act}`)}>
      <Changing {...rest} onClose={onClose} />
    </Modal>
  )
}

const BESIDE = ['tag', 'field', 'value'] as const

/** Made anew each time the window opens; whom it is for stays as it was then. */
function Changing({ act, selection, filter, people, rows, onClose, onDone }: Omit<Props, 'opened'>) {
  const { t } = useTranslation()
  const [wish, setWish] = useState<BulkWish>(NO_WISH)
  const [whom] = useState(() => whomOf(selection, filter))
  const { data: fields = [] } = useCustomFields(act === 'set_field')
  const { begin, isBeginning, error, change } = useChange()
  if (change) return <BulkResult act={act} change={change} error={error} rows={rows} onClose={onClose} />
  function submit(event: FormEvent) {
    event.preventDefault()
    const what: BulkWhat = { action: act }
    if (act === 'tag' || act === 'untag') what.tag = wish.tag.trim()
    if (act === 'set_field') Object.assign(what, { field: wish.field, value: wishedValue(wish, fields) })
    begin({ what, whom }, { onSuccess: onDone })
  }
  const n = people ? `${count(people.matched, locale())}${people.at_least ? '+' : ''}` : '…'
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <BulkInputs act={act} wish={wish} fields={fields} error={error} onChange={setWish} />
        <Text role="status">
          {t(`contacts.bulk.what.${act}`, { count: people?.matched ?? 0, n })}{' '}
          {act === 'tag' && isDoNotCall(wish.tag) && t('contacts.tags.lists')}
          {act === 'untag' && isDoNotCall(wish.tag) && t('contacts.tags.staysListed')}
          {act === 'set_field' && wish.field && wish.value === '' && t('contacts.bulk.empties')}
        </Text>
        {act === 'delete' && <Text>{t('contacts.bulk.deleteConsequence')}</Text>}
        <FormProblem error={error} fields={BESIDE} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus={act === 'delete' || undefined}>
            {t('shared.action.cancel')}
          </Button>
          <Button
            type="submit"
            color={act === 'delete' ? 'red.8' : undefined}
            loading={isBeginning}
            disabled={!isWhole(act, wish)}
          >
            {t(`contacts.bulk.verb.${act}`, { count: people?.matched ?? 0, n })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
