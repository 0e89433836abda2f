/** All fields of a contact, each with what is wrong with it. */
import {
  Autocomplete,
  Button,
  Group,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useDepartments } from '@/shared/departments'
import { newerVersion, useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { timeZones } from '@/shared/places'
import { CONTACT_FIELDS, type ContactDraft, draftOf, NO_CONTACT } from './contact-draft'
import { CustomFields } from './custom-fields'
import { type Contact, useSaveContact } from './queries'

type Props = {
  contact: Contact | undefined
  onSaved: (contact: Contact) => void
  onCancel: () => void
  /** Takes the newer version that somebody else saved. */
  onNewer: (contact: Contact) => void
}

export function ContactForm({ contact, onSaved, onCancel, onNewer }: Props) {
  const { t } = useTranslation()
  const saving = useSaveContact(contact, onSaved)
  const fields = useFields<ContactDraft>(contact ? draftOf(contact) : NO_CONTACT, saving.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    saving.mutate(fields.values)
  }
  function loadNewer() {
    const newer = newerVersion<Contact>(saving.error)
    if (!newer) return
    fields.setValues(draftOf(newer))
    saving.reset()
    onNewer(newer)
  }
  const label = (name: Exclude<keyof ContactDraft, 'custom'>) => t(`contacts.field.${name}`)
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label={label('first_name')}
            autoComplete="off"
            data-autofocus
            {...fields.text('first_name')}
          />
          <TextInput label={label('last_name')} autoComplete="off" {...fields.text('last_name')} />
        </SimpleGrid>
        <TextInput
          label={label('name')}
          description={t('contacts.hint.name')}
          autoComplete="off"
          {...fields.text('name')}
        />
        <TextInput
          label={label('phone')}
          description={t('contacts.hint.phone')}
          type="tel"
          autoComplete="off"
          withAsterisk
          {...fields.text('phone')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label={label('email')} type="email" autoComplete="off" {...fields.text('email')} />
          <TextInput label={label('company')} autoComplete="off" {...fields.text('company')} />
        </SimpleGrid>
        {!contact && <DepartmentChoice {...fields.value('department_id')} />}
        <TagsInput
          label={label('tags')}
          description={t('contacts.hint.tags')}
          acceptValueOnBlur
          {...fields.value('tags')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Autocomplete
            label={label('timezone')}
            description={t('contacts.hint.timezone')}
            data={timeZones()}
            limit={50}
            {...fields.value('timezone')}
          />
          <TextInput
            label={label('language')}
            description={t('contacts.hint.language')}
            {...fields.text('language')}
          />
          <TextInput label={label('postal_code')} autoComplete="off" {...fields.text('postal_code')} />
          <TextInput label={label('state')} autoComplete="off" {...fields.text('state')} />
        </SimpleGrid>
        <Textarea label={label('notes')} maxRows={10} {...fields.text('notes')} />
        <CustomFields
          rows={fields.values.custom}
          onChange={rows => fields.set('custom', rows)}
          error={saving.error}
        />
        <FormProblem error={saving.error} fields={CONTACT_FIELDS} onNewer={loadNewer} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('shared.action.cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {contact ? t('contacts.save') : t('contacts.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type ChoiceProps = { value: string; error: string | undefined; onChange: (id: string) => void }

/** Asked for only when there is a choice. */
function DepartmentChoice({ value, error, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  const { data = [] } = useDepartments()
  if (data.length < 2) return null
  return (
    <Select
      label={t('contacts.field.department_id')}
      data={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={value || null}
      error={error}
      withAsterisk
      onChange={id => onChange(id ?? '')}
    />
  )
}
