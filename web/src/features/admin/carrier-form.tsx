/** The carrier's account to be entered or changed. Secrets are written here and never shown again. */

import { Button, Group, PasswordInput, Stack, TagsInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, Problem } from '@/api/client'
import { CALLER_IDS } from '@/shared/caller-ids'
import { newerVersion, useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { tell } from '@/shared/notice'
import {
  CARRIER_FIELDS,
  type Carrier,
  type CarrierDraft,
  carrierChange,
  carrierDraft,
  isCarrierChanged,
} from './carrier-draft'

export function CarrierForm({ carrier }: { carrier: Carrier }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [known, setKnown] = useState(carrier)
  const saving = useMutation({
    mutationFn: () => body(client.PUT('/api/v1/carrier', { body: change })),
    onSuccess: saved => {
      begin(saved)
      void queries.invalidateQueries({ queryKey: ['voices'] })
      void queries.invalidateQueries({ queryKey: CALLER_IDS })
      tell(t('admin.carrier.saved'))
    },
  })
  const fields = useFields<CarrierDraft>(carrierDraft(carrier), saving.error)
  const change = carrierChange(known, fields.values)
  function begin(from: Carrier) {
    queries.setQueryData(['carrier'], from)
    setKnown(from)
    fields.setValues(carrierDraft(from))
  }
  function loadNewer() {
    const newer = newerVersion<Carrier>(saving.error)
    if (!newer) return
    begin(newer)
    saving.reset()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="sm">
        <Inputs fields={fields} known={known} error={saving.error} />
        <FormProblem error={saving.error} fields={CARRIER_FIELDS} onNewer={loadNewer} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={!isCarrierChanged(change)} onClick={() => begin(known)}>
            {t('admin.discard')}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={!isCarrierChanged(change)}>
            {t('admin.carrier.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type InputsProps = {
  fields: ReturnType<typeof useFields<CarrierDraft>>
  known: Carrier
  error: unknown
}

function Inputs({ fields, known, error }: InputsProps) {
  const { t } = useTranslation()
  const kept = (isSet: boolean) => (isSet ? t('admin.carrier.secretSet') : undefined)
  return (
    <>
      <TextInput
        label={t('admin.carrier.account_sid')}
        description={t('admin.carrier.hint.account_sid')}
        withAsterisk
        {...fields.text('account_sid')}
      />
      <PasswordInput
        label={t('admin.carrier.auth_token')}
        description={t('admin.carrier.hint.auth_token')}
        placeholder={kept(known.auth_token_set)}
        autoComplete="new-password"
        {...fields.text('auth_token')}
      />
      <TextInput
        label={t('admin.carrier.api_key_sid')}
        description={t('admin.carrier.hint.api_key_sid')}
        {...fields.text('api_key_sid')}
      />
      <PasswordInput
        label={t('admin.carrier.api_key_secret')}
        placeholder={kept(known.api_key_secret_set)}
        autoComplete="new-password"
        {...fields.text('api_key_secret')}
      />
      <TagsInput
        label={t('admin.carrier.caller_ids')}
        description={t('admin.carrier.hint.caller_ids')}
        {...fields.value('caller_ids')}
        error={wrongNumber(error, fields.values.caller_ids)}
      />
      <TextInput
        label={t('admin.carrier.twiml_app_sid')}
        description={t('admin.carrier.hint.twiml_app_sid')}
        {...fields.text('twiml_app_sid')}
      />
      <TextInput
        label={t('admin.carrier.public_url')}
        description={t('admin.carrier.hint.public_url')}
        type="url"
        placeholder="https://calls.example.com"
        {...fields.text('public_url')}
      />
    </>
  )
}

/** "+12: is too short": the number that a complaint is about is named, since there may be many. */
function wrongNumber(error: unknown, numbers: string[]): string | undefined {
  if (!(error instanceof Problem)) return undefined
  const complaint = error.fields.find(it => it.field.startsWith('caller_ids'))
  const index = /\[(\d+)\]/.exec(complaint?.field ?? '')?.[1]
  const number = index === undefined ? undefined : numbers[Number(index)]
  return number === undefined ? complaint?.message : `${number}: ${complaint?.message}`
}
