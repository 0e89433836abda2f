/** Step 1: name, what it is for, whose it is. */
import { Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDepartments } from '@/shared/departments'
import { isPurpose, PURPOSES } from './purposes'
import type { Editing } from './use-draft'

export const NAME_MAX = 120
export const DESCRIPTION_MAX = 2_000

export function DetailsStep({ editing }: { editing: Editing }) {
  const { t } = useTranslation()
  const { campaign, change, problemOf } = editing
  const { data: departments = [] } = useDepartments()
  return (
    <Stack gap="md" maw={560}>
      <TextInput
        label={t('create.details.name')}
        description={t('create.details.nameHint')}
        required
        maxLength={NAME_MAX}
        value={campaign.name}
        onChange={event => change({ name: event.currentTarget.value })}
        error={problemOf('name')}
      />
      <Textarea
        label={t('create.details.description')}
        description={t('create.details.descriptionHint')}
        maxLength={DESCRIPTION_MAX}
        minRows={3}
        maxRows={10}
        value={campaign.description}
        onChange={event => change({ description: event.currentTarget.value })}
        error={problemOf('description')}
      />
      {departments.length > 1 && (
        <Select
          label={t('create.details.department')}
          description={t('create.details.departmentHint')}
          data={departments.map(it => ({ value: it.id, label: it.name }))}
          value={campaign.department_id}
          onChange={id => id && change({ department_id: id })}
          error={problemOf('department_id')}
        />
      )}
      <Select
        label={t('create.details.purpose')}
        description={t('create.details.purposeHint')}
        data={PURPOSES.map(value => ({ value, label: t(`create.purpose.${value}`) }))}
        value={campaign.purpose}
        onChange={value => isPurpose(value) && change({ purpose: value })}
        error={problemOf('purpose')}
      />
    </Stack>
  )
}
