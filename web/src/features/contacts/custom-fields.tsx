/** Values of custom fields: those that are defined each as it wants to be typed; others by name and value, as many as needed. */
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { kindOf, offered, useCustomFields } from '@/shared/custom-fields'
import { CustomInput } from '@/shared/custom-input'
import { type CustomRow, freeRows, rowOf, withRow, withValue } from './custom-values'

type Props = { rows: CustomRow[]; onChange: (rows: CustomRow[]) => void; error: unknown }

export function CustomFields({ rows, onChange, error }: Props) {
  const { t } = useTranslation()
  const problem = error instanceof Problem ? error : undefined
  const whole = problem?.fields.find(it => it.field === 'custom')?.message
  const { data: definitions = [] } = useCustomFields()
  const fields = offered(definitions)
  function change(id: number, part: Partial<CustomRow>) {
    onChange(rows.map(row => (row.id === id ? { ...row, ...part } : row)))
  }
  return (
    <Stack gap={6} component="fieldset" style={{ border: 0, padding: 0, margin: 0 }}>
      <Text component="legend" fz="sm" fw={500} p={0}>
        {t('contacts.custom.title')}
      </Text>
      <Text fz="xs" c="dimmed">
        {t('contacts.custom.hint', { example: '{{plan}}' })}
      </Text>
      {fields.map(field => (
        <CustomInput
          key={field.id}
          field={field}
          label={field.label}
          required={field.is_required}
          value={rowOf(rows, field.key)?.value ?? ''}
          error={problem?.of(`custom.${field.key}`)}
          onChange={value => onChange(withValue(rows, field.key, value, kindOf(field)))}
        />
      ))}
      {freeRows(
        rows,
        fields.map(field => field.key),
      ).map(row => (
        <Row
          key={row.id}
          row={row}
          error={row.name ? problem?.of(`custom.${row.name}`) : undefined}
          onChange={part => change(row.id, part)}
          onRemove={() => onChange(rows.filter(other => other.id !== row.id))}
        />
      ))}
      {whole && (
        <Text fz="xs" c="var(--status-failed)" role="alert">
          {whole}
        </Text>
      )}
      <Button
        variant="subtle"
        size="xs"
        w="fit-content"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange(withRow(rows))}
      >
        {t('contacts.custom.add')}
      </Button>
    </Stack>
  )
}

type RowProps = {
  row: CustomRow
  error: string | undefined
  onChange: (part: Partial<CustomRow>) => void
  onRemove: () => void
}

function Row({ row, error, onChange, onRemove }: RowProps) {
  const { t } = useTranslation()
  const label = row.name || t('contacts.custom.unnamed')
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <TextInput
        aria-label={t('contacts.custom.name')}
        placeholder={t('contacts.custom.name')}
        style={{ flex: 2 }}
        value={row.name}
        onChange={event => onChange({ name: event.currentTarget.value })}
      />
      {row.kind === 'flag' ? (
        <Select
          aria-label={t('contacts.custom.value', { name: label })}
          style={{ flex: 3 }}
          data={[
            { value: 'true', label: t('contacts.yes') },
            { value: 'false', label: t('contacts.no') },
          ]}
          value={row.value}
          error={error}
          onChange={value => onChange({ value: value ?? row.value })}
        />
      ) : (
        <TextInput
          aria-label={t('contacts.custom.value', { name: label })}
          placeholder={t('contacts.custom.valueWord')}
          style={{ flex: 3 }}
          inputMode={row.kind === 'number' ? 'decimal' : undefined}
          value={row.value}
          error={error}
          onChange={event => onChange({ value: event.currentTarget.value })}
        />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('contacts.custom.remove', { name: label })}
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
    </Group>
  )
}
