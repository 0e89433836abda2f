/** Campaign settings to be changed; only what was changed is told to the server. */
import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '@/api/client'
import { newerVersion, useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { tell } from '@/shared/notice'
import { isChanged, SETTINGS_FIELDS, type Settings, settingsChange, settingsDraft } from './settings-draft'
import { DefaultsPart, LimitsPart, PlacePart, ProtectionPart } from './settings-parts'

export function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  // What is being changed: the query may hold a newer version while somebody types.
  const [known, setKnown] = useState(settings)
  const saving = useMutation({
    mutationFn: () => body(client.PUT('/api/v1/settings', { body: change })),
    onSuccess: saved => {
      queries.setQueryData(['settings'], saved)
      begin(saved)
      tell(t('admin.settings.saved'))
    },
  })
  const fields = useFields(settingsDraft(settings), saving.error)
  const change = settingsChange(known, fields.values)
  function begin(from: Settings) {
    setKnown(from)
    fields.setValues(settingsDraft(from))
  }
  function loadNewer() {
    const newer = newerVersion<Settings>(saving.error)
    if (!newer) return
    queries.setQueryData(['settings'], newer)
    begin(newer)
    saving.reset()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    saving.mutate()
  }
  const parts = { fields, error: saving.error }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <LimitsPart {...parts} />
        <DefaultsPart {...parts} least={known.min_retry_delay_s} />
        <ProtectionPart {...parts} />
        <PlacePart {...parts} />
        <FormProblem error={saving.error} fields={SETTINGS_FIELDS} onNewer={loadNewer} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={!isChanged(change)} onClick={() => begin(known)}>
            {t('admin.discard')}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={!isChanged(change)}>
            {t('admin.settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
