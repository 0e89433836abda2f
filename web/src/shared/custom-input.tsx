/** The value of a custom field, typed as its definition wants it: a number, a day, a choice, yes or no. Always a text. */
import { Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type CustomField, kindOf } from '@/shared/custom-fields'

type Props = {
  /** None: free text. */
  field: CustomField | undefined
  label: string
  value: string
  error?: string | undefined
  required?: boolean
  placeholder?: string
  /** Within a window of its own that closes when something outside is pressed. */
  isInside?: boolean
  onChange: (value: string) => void
}

export function CustomInput({ field, isInside = false, required, onChange, ...rest }: Props) {
  const { t } = useTranslation()
  const kind = field ? kindOf(field) : 'short_text'
  const typed = {
    ...rest,
    withAsterisk: required,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  if (kind === 'choice' || kind === 'checkbox') {
    const yesNo = [
      { value: 'true', label: t('contacts.yes') },
      { value: 'false', label: t('contacts.no') },
    ]
    return (
      <Select
        {...rest}
        withAsterisk={required}
        data={kind === 'checkbox' ? yesNo : choicesWith(field, rest.value)}
        value={rest.value || null}
        clearable
        comboboxProps={{ withinPortal: !isInside }}
        onChange={value => onChange(value ?? '')}
      />
    )
  }
  if (kind === 'long_text' && !isInside) return <Textarea {...typed} maxRows={8} />
  if (kind === 'date') return <TextInput {...typed} type="date" />
  return <TextInput {...typed} inputMode={kind === 'integer' || kind === 'decimal' ? 'decimal' : undefined} />
}

/** A value that is no choice any more can still be seen. */
function choicesWith(field: CustomField | undefined, value: string): string[] {
  const choices = field?.choices ?? []
  return value === '' || choices.includes(value) ? choices : [...choices, value]
}
