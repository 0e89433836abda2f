/** Conditions on what is known of people, and on their last call. */
import { Group, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDepartments } from '@/shared/departments'
import { OUTCOMES } from '@/shared/outcomes'
import type { ContactFilter } from './filter'
import { TagFilter } from './tag-filter'

type Props = { draft: ContactFilter; change: (part: Partial<ContactFilter>) => void }
type Days = 'added' | 'last_called'

export function PersonConditions({ draft, change }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <TagFilter value={draft.tag} onChange={tag => change({ tag })} />
      <DayRange days="added" title={t('contacts.filter.added')} draft={draft} change={change} />
      <TextInput
        label={t('contacts.filter.language')}
        placeholder="en-US"
        autoComplete="off"
        value={draft.language}
        onChange={event => change({ language: event.currentTarget.value.trim() })}
      />
    </>
  )
}

export function DepartmentCondition({ draft, change }: Props) {
  const { t } = useTranslation()
  const { data: departments = [] } = useDepartments()
  if (departments.length < 2) return null
  return (
    <Select
      label={t('contacts.filter.department')}
      placeholder={t('contacts.filter.any')}
      data={departments.map(({ id, name }) => ({ value: id, label: name }))}
      value={draft.department_id || null}
      clearable
      comboboxProps={{ withinPortal: false }}
      onChange={id => change({ department_id: id ?? '' })}
    />
  )
}

const LAST_CALLS = ['any', 'never', 'between'] as const
type LastCall = (typeof LAST_CALLS)[number]

function lastCallOf(draft: ContactFilter): LastCall {
  if (draft.never_called) return 'never'
  return draft.last_called_from || draft.last_called_to ? 'between' : 'any'
}

export function CallConditions({ draft, change }: Props) {
  const { t } = useTranslation()
  const [kind, setKind] = useState(() => lastCallOf(draft))
  function choose(word: string | null) {
    const next = LAST_CALLS.find(known => known === word) ?? 'any'
    setKind(next)
    const days = next === 'between' ? {} : { last_called_from: '', last_called_to: '' }
    change({ never_called: next === 'never', ...days })
  }
  return (
    <>
      <Select
        label={t('contacts.filter.lastCall')}
        data={LAST_CALLS.map(value => ({ value, label: t(`contacts.filter.lastCallKinds.${value}`) }))}
        value={kind}
        comboboxProps={{ withinPortal: false }}
        onChange={choose}
      />
      {kind === 'between' && (
        <DayRange days="last_called" title={t('contacts.filter.lastCall')} draft={draft} change={change} />
      )}
      {kind !== 'never' && (
        <Select
          label={t('contacts.filter.outcome')}
          placeholder={t('contacts.filter.any')}
          data={OUTCOMES.map(value => ({ value, label: t(`shared.outcome.${value}`) }))}
          value={draft.outcome || null}
          clearable
          comboboxProps={{ withinPortal: false }}
          onChange={value => change({ outcome: OUTCOMES.find(known => known === value) ?? '' })}
        />
      )}
    </>
  )
}

/** The first and the last day, both counted; either may be left out. */
function DayRange({ days, title, draft, change }: Props & { days: Days; title: string }) {
  const { t } = useTranslation()
  const input = (end: 'from' | 'to') => (
    <TextInput
      type="date"
      style={{ flex: 1 }}
      label={`${title}: ${t(`contacts.filter.${end}`)}`}
      value={draft[`${days}_${end}`]}
      onChange={event => change({ [`${days}_${end}`]: event.currentTarget.value })}
    />
  )
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      {input('from')}
      {input('to')}
    </Group>
  )
}
