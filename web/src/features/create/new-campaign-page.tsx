/** Create Campaign: a name makes the draft; everything else is saved as one goes. */
import { Button, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { useMe } from '@/app/session'
import { useDepartments } from '@/shared/departments'
import { useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { Page } from '@/shared/page'
import classes from './create.module.css'
import { DESCRIPTION_MAX, NAME_MAX } from './details-step'
import { WhatHappens } from './frame'
import { Rail } from './rail'

const FIELDS = ['name', 'description', 'department_id']

export default function NewCampaignPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('create.title')}>
      <div className={classes.frame}>
        <Rail step="details" stateOf={() => 'open'} campaign={undefined} />
        <div className={classes.body}>
          <Title order={2} mb="md">
            {t('create.step.details')}
          </Title>
          <NewForm />
        </div>
        <WhatHappens>{t('create.plan.nothing')}</WhatHappens>
      </div>
    </Page>
  )
}

function NewForm() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { user } = useMe()
  const { data: departments = [] } = useDepartments()
  const creating = useMutation({
    mutationFn: (given: Schemas['NewCampaign']) => body(client.POST('/api/v1/campaigns', { body: given })),
    onSuccess: campaign => {
      queries.setQueryData(['campaign', campaign.id], campaign)
      void queries.invalidateQueries({ queryKey: ['campaigns'] })
      // The back button leads to the list, not to a second draft.
      void navigate({
        to: '/campaigns/$campaignId/edit',
        params: { campaignId: campaign.id },
        search: { step: 'contacts' },
        replace: true,
      })
    },
  })
  const form = useFields({ name: '', description: '', department_id: '' }, creating.error)
  const own = form.values.department_id || user.department_ids[0] || departments[0]?.id
  function submit(event: FormEvent) {
    event.preventDefault()
    const { name, description } = form.values
    creating.mutate({ name, description, ...(departments.length > 1 && own ? { department_id: own } : {}) })
  }
  return (
    <Stack component="form" gap="md" maw={560} onSubmit={submit}>
      <TextInput
        {...form.text('name')}
        label={t('create.details.name')}
        description={t('create.details.nameHint')}
        required
        maxLength={NAME_MAX}
        data-autofocus
        autoFocus
      />
      <Textarea
        {...form.text('description')}
        label={t('create.details.description')}
        description={t('create.details.descriptionHint')}
        maxLength={DESCRIPTION_MAX}
        minRows={3}
        maxRows={10}
      />
      {departments.length > 1 && (
        <Select
          label={t('create.details.department')}
          description={t('create.details.departmentHint')}
          data={departments.map(it => ({ value: it.id, label: it.name }))}
          value={own ?? null}
          onChange={id => form.set('department_id', id ?? '')}
          error={form.text('department_id').error}
        />
      )}
      <FormProblem error={creating.error} fields={FIELDS} />
      <div>
        <Button type="submit" loading={creating.isPending}>
          {t('create.details.make')}
        </Button>
        <Text fz="sm" c="dimmed" mt={6}>
          {t('create.details.makeHint')}
        </Text>
      </div>
    </Stack>
  )
}
