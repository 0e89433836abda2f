/** Conditions on custom fields: a field and the value that it has, a few of them at the most. */
import { ActionIcon, Autocomplete, Button, Group, Text } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offered, useCustomFields } from '@/shared/custom-fields'
import { CustomInput } from '@/shared/custom-input'
import { CUSTOM_MAX } from './filter'

type Props = { custom: Record<string, string>; onChange: (custom: Record<string, string>) => void }
type Row = { id: number; key: string; value: string }

export function CustomConditions({ custom, onChange }: Props) {
  const { t } = useTranslation()
  const [rows, setRows] = useState<Row[]>(() =>
    Object.entries(custom).map(([key, value], id) => ({ id, key, value })),
  )
  function put(next: Row[]) {
    setRows(next)
    onChange(Object.fromEntries(next.map(({ key, value }) => [key.trim(), value.trim()])))
  }
  return (
    <div role="group" aria-label={t('contacts.filter.custom')}>
      <Text fz="sm" fw={600} mb={4}>
        {t('contacts.filter.custom')}
      </Text>
      {rows.map(row => (
        <Condition
          key={row.id}
          row={row}
          onChange={part => put(rows.map(it => (it.id === row.id ? { ...it, ...part } : it)))}
          onRemove={() => put(rows.filter(it => it.id !== row.id))}
        />
      ))}
      {rows.length < CUSTOM_MAX && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            setRows([...rows, { id: 1 + Math.max(-1, ...rows.map(row => row.id)), key: '', value: '' }])
          }
        >
          {t('contacts.filter.customAdd')}
        </Button>
      )}
    </div>
  )
}

type ConditionProps = { row: Row; onChange: (part: Partial<Row>) => void; onRemove: () => void }

/** Keys that nobody defined can be typed, too. */
function Condition({ row, onChange, onRemove }: ConditionProps) {
  const { t } = useTranslation()
  const { data: fields = [] } = useCustomFields()
  const field = fields.find(it => it.key === row.key)
  return (
    <Group gap={6} wrap="nowrap" align="flex-end" mb={6}>
      <Autocomplete
        label={t('contacts.filter.customKey')}
        style={{ flex: 1 }}
        data={offered(fields).map(it => it.key)}
        renderOption={({ option }) => fields.find(it => it.key === option.value)?.label ?? option.value}
        comboboxProps={{ withinPortal: false }}
        value={row.key}
        onChange={key => onChange({ key })}
      />
      <div style={{ flex: 1 }}>
        <CustomInput
          field={field}
          isInside
          label={t('contacts.filter.customValue')}
          value={row.value}
          onChange={value => onChange({ value })}
        />
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('contacts.custom.remove', { name: field?.label ?? row.key })}
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
    </Group>
  )
}
