/** What a change of many contacts has to be told: the tag, or the field and its value. */
import { Autocomplete, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { type CustomField, offered } from '@/shared/custom-fields'
import { CustomInput } from '@/shared/custom-input'
import { useTags } from '@/shared/tags'
import { type BulkWish, definitionOf, SETTABLE } from './bulk-draft'
import type { BulkAct } from './bulk-queries'

/** How long typing rests before tags are asked for. Milliseconds. */
const REST = 250

type Props = {
  act: BulkAct
  wish: BulkWish
  fields: CustomField[]
  error: unknown
  onChange: (wish: BulkWish) => void
}

export function BulkInputs({ act, ...rest }: Props) {
  if (act === 'delete') return null
  return act === 'set_field' ? <FieldInputs {...rest} /> : <TagInput {...rest} />
}

function TagInput({ wish, error, onChange }: Omit<Props, 'act'>) {
  const { t } = useTranslation()
  const [atRest] = useDebouncedValue(wish.tag.trim(), REST)
  const { rows } = useTags(atRest)
  return (
    <Autocomplete
      label={t('contacts.tags.tag')}
      data={rows.map(it => it.tag)}
      // The server has found those that begin so.
      filter={({ options }) => options}
      data-autofocus
      withAsterisk
      value={wish.tag}
      error={error instanceof Problem ? error.of('tag') : undefined}
      onChange={tag => onChange({ ...wish, tag })}
    />
  )
}

function FieldInputs({ wish, fields, error, onChange }: Omit<Props, 'act'>) {
  const { t } = useTranslation()
  const problem = error instanceof Problem ? error : undefined
  const known = SETTABLE.map(value => ({ value: value as string, label: t(`contacts.field.${value}`) }))
  const own = offered(fields).map(({ key, label }) => ({ value: `custom.${key}`, label }))
  return (
    <>
      <Select
        label={t('contacts.bulk.field')}
        data={[...own, ...known]}
        searchable
        data-autofocus
        withAsterisk
        value={wish.field || null}
        error={problem?.of('field')}
        onChange={field => onChange({ ...wish, field: field ?? '', value: '' })}
      />
      <CustomInput
        field={definitionOf(wish.field, fields)}
        label={t('contacts.bulk.value')}
        value={wish.value}
        error={problem?.of('value')}
        onChange={value => onChange({ ...wish, value })}
      />
    </>
  )
}
