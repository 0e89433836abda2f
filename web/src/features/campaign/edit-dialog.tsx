/** Name and description at any time, limits while the campaign may still call. A newer version is offered, never overwritten. */
import { Button, Group, Modal, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, Problem, type Schemas } from '@/api/client'
import { can } from '@/shared/can'
import { useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { useTold } from '@/shared/moves'
import { tell } from '@/shared/notice'

type Campaign = Schemas['Campaign']
type Form = { name: string; description: string; atOnce: string | number; perSecond: string | number }

const FIELDS = ['name', 'description', 'limits']

function formOf({ name, description, limits }: Campaign): Form {
  return {
    name,
    description,
    atOnce: limits.max_concurrent_calls ?? '',
    perSecond: limits.calls_per_second ?? '',
  }
}

function limit(typed: string | number): number | null {
  return typed === '' ? null : Number(typed)
}

export function EditDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation()
  const told = useTold()
  // The version that was read when the dialog opened: what others save meanwhile must not be overwritten unseen.
  const [version, setVersion] = useState(campaign.version)
  const hasLimits = can('editLimits', campaign.status)
  const saving = useMutation({
    mutationFn: (form: Form) =>
      body(
        client.PATCH('/api/v1/campaigns/{id}', {
          params: { path: { id: campaign.id } },
          body: {
            version,
            name: form.name,
            description: form.description,
            ...(hasLimits && {
              limits: { max_concurrent_calls: limit(form.atOnce), calls_per_second: limit(form.perSecond) },
            }),
          },
        }),
      ),
    onSuccess: saved => {
      told(saved)
      tell(t('campaign.editing.saved'))
      onClose()
    },
  })
  const fields = useFields(formOf(campaign), saving.error)
  const problem = saving.error instanceof Problem ? saving.error : undefined
  async function loadNewer() {
    const newer = await body(client.GET('/api/v1/campaigns/{id}', { params: { path: { id: campaign.id } } }))
    fields.setValues(formOf(newer))
    setVersion(newer.version)
    saving.reset()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    saving.mutate(fields.values)
  }
  return (
    <Modal opened onClose={onClose} title={t('campaign.editing.title')} size="md">
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            {...fields.text('name')}
            label={t('campaign.editing.name')}
            maxLength={120}
            required
            data-autofocus
          />
          <Textarea
            {...fields.text('description')}
            label={t('campaign.editing.description')}
            maxLength={2000}
            maxRows={8}
          />
          {hasLimits && (
            <Group grow align="flex-start">
              <NumberInput
                {...fields.value('atOnce')}
                error={problem?.of('limits.max_concurrent_calls')}
                label={t('campaign.editing.atOnce')}
                description={t('campaign.editing.atOnceHint')}
                allowDecimal={false}
                allowNegative={false}
              />
              <NumberInput
                {...fields.value('perSecond')}
                error={problem?.of('limits.calls_per_second')}
                label={t('campaign.editing.perSecond')}
                description={t('campaign.editing.atOnceHint')}
                allowNegative={false}
                decimalScale={1}
              />
            </Group>
          )}
          <Text c="dimmed" fz="sm">
            {t('campaign.editing.fixed')}
          </Text>
          <FormProblem error={saving.error} fields={FIELDS} onNewer={() => void loadNewer()} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shared.action.cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t('shared.action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
