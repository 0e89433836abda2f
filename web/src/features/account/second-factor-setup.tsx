/** Begins with a second factor in three steps: the password, the app with its code, the recovery codes. */
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '@/api/client'
import { CopyLine } from '@/shared/copy-line'
import { useFields } from '@/shared/fields'
import { QrCode } from './qr-code'
import { RecoveryCodes } from './recovery-codes'
import { Refusal } from './refusal'

type Begun = { secret: string; otpauth_url: string }

export function SecondFactorSetup({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [codes, setCodes] = useState<string[] | null>(null)
  function close() {
    setCodes(null)
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={codes ? t('account.factor.codesTitle') : t('account.factor.setUp')}
      // The codes are shown once: a click beside the window must not lose them.
      closeOnClickOutside={!codes}
      closeOnEscape={!codes}
      withCloseButton={!codes}
    >
      {codes ? <RecoveryCodes codes={codes} onKept={close} /> : <Steps onDone={setCodes} onClose={close} />}
    </Modal>
  )
}

function Steps({ onDone, onClose }: { onDone: (codes: string[]) => void; onClose: () => void }) {
  const [begun, setBegun] = useState<Begun | null>(null)
  return begun ? (
    <WithApp begun={begun} onDone={onDone} onClose={onClose} />
  ) : (
    <WithPassword onBegun={setBegun} onClose={onClose} />
  )
}

function WithPassword({ onBegun, onClose }: { onBegun: (begun: Begun) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const beginning = useMutation({
    mutationFn: (given: { password: string }) =>
      body(client.POST('/api/v1/account/second-factor', { body: given })),
    onSuccess: onBegun,
  })
  const fields = useFields({ password: '' }, beginning.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    beginning.mutate(fields.values)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text>{t('account.factor.lead')}</Text>
        <PasswordInput
          label={t('account.password.current')}
          autoComplete="current-password"
          data-autofocus
          {...fields.text('password')}
        />
        <Refusal error={beginning.error} fields={['password']} />
        <Buttons verb={t('account.factor.next')} busy={beginning.isPending} onClose={onClose} />
      </Stack>
    </form>
  )
}

type AppProps = { begun: Begun; onDone: (codes: string[]) => void; onClose: () => void }

function WithApp({ begun, onDone, onClose }: AppProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const confirming = useMutation({
    mutationFn: (given: { code: string }) =>
      body(client.POST('/api/v1/account/second-factor/confirm', { body: given })),
    onSuccess: ({ recovery_codes }) => {
      void queries.invalidateQueries({ queryKey: ['account'] })
      void queries.invalidateQueries({ queryKey: ['sessions'] })
      onDone(recovery_codes)
    },
  })
  const fields = useFields({ code: '' }, confirming.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    confirming.mutate({ code: fields.values.code.replaceAll(/\s/g, '') })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text>{t('account.factor.scan')}</Text>
        <QrCode text={begun.otpauth_url} label={t('account.factor.qr')} />
        <Text fz="sm">{t('account.factor.type')}</Text>
        <CopyLine text={begun.secret} label={t('account.factor.secret')} />
        <Text fz="sm">
          <a href={begun.otpauth_url}>{t('account.factor.link')}</a>
        </Text>
        <TextInput
          label={t('account.factor.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          {...fields.text('code')}
        />
        <Refusal error={confirming.error} fields={['code']} />
        <Buttons verb={t('account.factor.confirm')} busy={confirming.isPending} onClose={onClose} />
      </Stack>
    </form>
  )
}

function Buttons({ verb, busy, onClose }: { verb: string; busy: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onClose}>
        {t('shared.action.cancel')}
      </Button>
      <Button type="submit" loading={busy}>
        {verb}
      </Button>
    </Group>
  )
}
