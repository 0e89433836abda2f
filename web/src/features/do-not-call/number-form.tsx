/** Adds a number to the list, or takes one off; both need a reason, which is kept for good. */
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { phone } from '@/shared/format'
import { useLast } from '@/shared/last'
import { tell } from '@/shared/notice'
import { type Entry, useAdd, useRemove } from './queries'

const FIELDS = ['phone', 'reason'] as const

export function AddNumber({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('doNotCall.addTitle')}>
      <Adding onClose={onClose} />
    </Modal>
  )
}

function Adding({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const adding = useAdd(entry => {
    tell(t('doNotCall.addedNotice', { phone: phone(entry.phone) }))
    onClose()
  })
  const fields = useFields({ phone: '', reason: '' }, adding.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    adding.mutate(fields.values)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('doNotCall.addConsequence')}
        </Text>
        <TextInput
          label={t('doNotCall.phone')}
          description={t('doNotCall.phoneHint')}
          type="tel"
          autoComplete="off"
          withAsterisk
          data-autofocus
          {...fields.text('phone')}
        />
        <Textarea
          label={t('doNotCall.reason')}
          description={t('doNotCall.reasonHint')}
          withAsterisk
          {...fields.text('reason')}
        />
        <FormProblem error={adding.error} fields={FIELDS} />
        <Buttons verb={t('doNotCall.add')} busy={adding.isPending} onClose={onClose} />
      </Stack>
    </form>
  )
}

export function RemoveNumber({ entry, onClose }: { entry: Entry | null; onClose: () => void }) {
  const { t } = useTranslation()
  const asked = useLast(entry)
  const title = t('doNotCall.removeTitle', { phone: asked && phone(asked.phone) })
  return (
    <Modal opened={entry !== null} onClose={onClose} title={title}>
      {asked && <Removing entry={asked} onClose={onClose} />}
    </Modal>
  )
}

function Removing({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t } = useTranslation()
  const removing = useRemove(() => {
    tell(t('doNotCall.removedNotice', { phone: phone(entry.phone) }))
    onClose()
  })
  const fields = useFields({ reason: '' }, removing.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    removing.mutate({ phone: entry.phone, reason: fields.values.reason })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text>{t('doNotCall.removeConsequence')}</Text>
        <Textarea
          label={t('doNotCall.reason')}
          description={t('doNotCall.removeReasonHint')}
          withAsterisk
          data-autofocus
          {...fields.text('reason')}
        />
        <FormProblem error={removing.error} fields={['reason']} />
        <Buttons danger verb={t('doNotCall.remove')} busy={removing.isPending} onClose={onClose} />
      </Stack>
    </form>
  )
}

function Buttons(props: { verb: string; busy: boolean; danger?: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Group justify="flex-end" gap="xs" mt="xs">
      <Button variant="default" onClick={props.onClose}>
        {t('shared.action.cancel')}
      </Button>
      <Button type="submit" color={props.danger ? 'red' : undefined} loading={props.busy}>
        {props.verb}
      </Button>
    </Group>
  )
}
