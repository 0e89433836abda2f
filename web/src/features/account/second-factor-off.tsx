/** Does without a second factor again: password and a code prove that it is really oneself. */
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { client, done } from '@/api/client'
import { useFields } from '@/shared/fields'
import { tell } from '@/shared/notice'
import { Refusal } from './refusal'

const NOTHING = { password: '', code: '' }

export function SecondFactorOff({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('account.factor.offTitle')}>
      <Ending onClose={onClose} />
    </Modal>
  )
}

function Ending({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const ending = useMutation({
    mutationFn: (given: typeof NOTHING) =>
      done(client.POST('/api/v1/account/second-factor/off', { body: given })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['account'] })
      tell(t('account.factor.offNotice'))
      onClose()
    },
  })
  const fields = useFields(NOTHING, ending.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    ending.mutate(fields.values)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text>{t('account.factor.offConsequence')}</Text>
        <PasswordInput
          label={t('shell.signIn.password')}
          autoComplete="current-password"
          data-autofocus
          {...fields.text('password')}
        />
        <TextInput label={t('shell.signIn.code')} autoComplete="one-time-code" {...fields.text('code')} />
        <Refusal error={ending.error} fields={['password', 'code']} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shared.action.cancel')}
          </Button>
          <Button type="submit" color="red" loading={ending.isPending}>
            {t('account.factor.switchOff')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
