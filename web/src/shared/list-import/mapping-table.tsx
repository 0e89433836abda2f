/** Their column, what stands in it, our field. */
import { Select, Table, Text, TextInput, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { type CustomField, kindOf } from '@/shared/custom-fields'
import classes from './list-import.module.css'
import { type Choice, type Choices, customName, FIELDS, faultOf } from './mapping'

/** Cells of a column that are shown. */
const SAMPLES = 3

type Props = {
  columns: Schemas['ColumnView'][]
  defined: CustomField[]
  choices: Choices
  onChange: (choices: Choices) => void
}

export function MappingTable({ columns, defined, choices, onChange }: Props) {
  const { t } = useTranslation()
  const hasPhone = Object.values(choices).some(it => it.field === 'phone')
  return (
    <div>
      <Title order={3} mb={6}>
        {t('listImport.map.title')}
      </Title>
      <Table.ScrollContainer minWidth={320}>
        <Table className={classes.mapping} aria-label={t('listImport.map.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('listImport.map.column')}</Table.Th>
              <Table.Th visibleFrom="xs">{t('listImport.map.samples')}</Table.Th>
              <Table.Th w={{ base: 220, xs: 260 }}>{t('listImport.map.field')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map(column => (
              <Table.Tr key={column.name}>
                <Table.Td fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {column.name}
                  <Text fz="xs" c="dimmed" hiddenFrom="xs">
                    {column.samples.find(Boolean)}
                  </Text>
                </Table.Td>
                <Table.Td className={classes.samples} visibleFrom="xs">
                  {column.samples.filter(Boolean).slice(0, SAMPLES).join(' · ') || '–'}
                </Table.Td>
                <Table.Td>
                  <FieldChoice
                    column={column.name}
                    defined={defined}
                    choices={choices}
                    onChange={choice => onChange({ ...choices, [column.name]: choice })}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {!hasPhone && (
        <Text c="var(--status-failed)" fz="sm" mt="xs" role="alert">
          {t('listImport.map.noPhone')}
        </Text>
      )}
    </div>
  )
}

type ChoiceProps = {
  column: string
  defined: CustomField[]
  choices: Choices
  onChange: (choice: Choice) => void
}

/** Before the key of a custom field, so that no key is the name of a field that every contact has. */
const DEFINED = 'custom.'

function FieldChoice({ column, defined, choices, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  const choice = choices[column] ?? { field: '', custom: '' }
  const fault = faultOf(choices, column)
  const words = fault && t(`listImport.fault.${fault}`)
  const isFree = choice.field === 'custom'
  const definition = choice.field === 'defined' && defined.find(it => it.key === choice.custom)
  function choose(value: string | null) {
    const known = defined.find(it => value === DEFINED + it.key)
    if (known) return onChange({ field: 'defined', custom: known.key })
    const field = value === 'custom' ? value : (FIELDS.find(it => it === value) ?? '')
    onChange({ field, custom: field === 'custom' ? customName(column) : '' })
  }
  return (
    <>
      <Select
        aria-label={t('listImport.map.fieldOf', { column })}
        data={useFields(defined)}
        value={choice.field === 'defined' ? DEFINED + choice.custom : choice.field}
        onChange={choose}
        description={definition && t(`shared.customKind.${kindOf(definition)}`)}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        error={isFree ? undefined : words}
      />
      {isFree && (
        <TextInput
          mt={4}
          aria-label={t('listImport.map.customOf', { column })}
          leftSection="{{"
          rightSection="}}"
          value={choice.custom}
          onChange={event => onChange({ field: 'custom', custom: event.currentTarget.value.trim() })}
          error={words}
        />
      )}
    </>
  )
}

/** What a column can be: custom fields by their labels. */
function useFields(defined: CustomField[]) {
  const { t } = useTranslation()
  const own = defined.map(({ key, label }) => ({ value: DEFINED + key, label }))
  const other = t(own.length > 0 ? 'listImport.field.otherCustom' : 'listImport.field.custom')
  return [
    { value: '', label: t('listImport.map.ignore') },
    {
      group: t('listImport.map.everyContact'),
      items: FIELDS.map(field => ({ value: field, label: t(`listImport.field.${field}`) })),
    },
    { group: t('listImport.map.custom'), items: [...own, { value: 'custom', label: other }] },
  ]
}
