/** Defines a custom field, or changes one. The kind is explained by a value that it could have. */
import { Button, Checkbox, Drawer, Group, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CustomField, KINDS } from '@/shared/custom-fields'
import { newerVersion, useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { useLast } from '@/shared/last'
import { tell } from '@/shared/notice'
import { FIELD_FIELDS, type FieldDraft, fieldDraft, keyOf } from './custom-field-draft'
import { useSaveField } from './custom-field-queries'

type Props = { edited: CustomField | 'new' | null; onClose: () => void }

export function CustomFieldDrawer({ edited, onClose }: Props) {
  const { t } = useTranslation()
  const shown = useLast(edited)
  const field = shown === 'new' || shown === null ? undefined : shown
  return (
    <Drawer
      opened={edited !== null}
      onClose={onClose}
      title={
        field ? t('admin.customFields.editTitle', { label: field.label }) : t('admin.customFields.newTitle')
      }
    >
      <Editing field={field} onClose={onClose} />
    </Drawer>
  )
}

/** Made anew each time the drawer opens; keeps the version that is being changed. */
function Editing({ field, onClose }: { field: CustomField | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const [known, setKnown] = useState(field)
  const saving = useSaveField(known, saved => {
    tell(t('admin.customFields.saved', { label: saved.label }))
    onClose()
  })
  const fields = useFields<FieldDraft>(fieldDraft(field), saving.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    saving.mutate(fields.values)
  }
  function loadNewer() {
    const newer = newerVersion<CustomField>(saving.error)
    if (!newer) return
    setKnown(newer)
    fields.setValues(fieldDraft(newer))
    saving.reset()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('admin.customFields.label')}
          description={t('admin.customFields.labelHint')}
          autoComplete="off"
          withAsterisk
          data-autofocus
          {...fields.text('label')}
        />
        <KeyInput field={known} draft={fields.values} {...fields.text('key')} />
        <KindInput fields={fields} />
        <Checkbox
          label={t('admin.customFields.is_required')}
          description={t('admin.customFields.requiredHint')}
          checked={fields.values.is_required}
          onChange={event => fields.set('is_required', event.currentTarget.checked)}
        />
        <Checkbox
          label={t('admin.customFields.is_visible')}
          checked={fields.values.is_visible}
          onChange={event => fields.set('is_visible', event.currentTarget.checked)}
        />
        <FormProblem error={saving.error} fields={FIELD_FIELDS} onNewer={loadNewer} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shared.action.cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {known ? t('admin.customFields.save') : t('admin.customFields.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type KeyProps = {
  field: CustomField | undefined
  draft: FieldDraft
  value: string
  error: string | undefined
  onChange: (event: { currentTarget: { value: string } }) => void
}

/** Follows the label until something else is typed. */
function KeyInput({ field, draft, value, error, onChange }: KeyProps) {
  const { t } = useTranslation()
  const key = value || keyOf(draft.label)
  return (
    <TextInput
      label={t('admin.customFields.key')}
      description={t('admin.customFields.keyHint', { example: `{{${key || 'plan'}}}` })}
      autoComplete="off"
      placeholder={keyOf(draft.label)}
      disabled={field !== undefined}
      value={value}
      error={error}
      onChange={onChange}
    />
  )
}

function KindInput({ fields }: { fields: ReturnType<typeof useFields<FieldDraft>> }) {
  const { t } = useTranslation()
  const { kind } = fields.values
  const example = t(`admin.customFields.example.${kind}`)
  return (
    <>
      <Select
        label={t('admin.customFields.kind')}
        description={t('admin.customFields.exampleIs', { example })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={KINDS.map(value => ({ value, label: t(`shared.customKind.${value}`) }))}
        {...fields.value('kind')}
        onChange={value => fields.set('kind', KINDS.find(known => known === value) ?? kind)}
      />
      {kind === 'choice' && (
        <TagsInput
          label={t('admin.customFields.choices')}
          description={t('admin.customFields.choicesHint')}
          acceptValueOnBlur
          withAsterisk
          splitChars={[]}
          {...fields.value('choices')}
        />
      )}
    </>
  )
}
