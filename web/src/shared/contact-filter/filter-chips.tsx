/** What is filtered, a chip each; one click takes it away. */
import { Button, Group, Pill } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { labelOf, useCustomFields } from '@/shared/custom-fields'
import { useDepartments } from '@/shared/departments'
import { type Facet, facetsOf, without } from './facets'
import { type ContactFilter, NO_FILTER } from './filter'

type Props = { filter: ContactFilter; onChange: (filter: ContactFilter) => void }

export function FilterChips({ filter, onChange }: Props) {
  const { t } = useTranslation()
  const words = useFacetWords()
  const facets = facetsOf(filter)
  if (facets.length === 0) return null
  return (
    <Group gap={6} mb="sm" role="group" aria-label={t('contacts.filter.set')}>
      {facets.map(facet => {
        const what = words(facet)
        return (
          <Pill
            key={what}
            size="md"
            withRemoveButton
            removeButtonProps={{
              'aria-label': t('contacts.filter.remove', { what }),
              'aria-hidden': false,
              tabIndex: 0,
            }}
            onRemove={() => onChange(without(filter, facet))}
          >
            {what}
          </Pill>
        )
      })}
      <Button variant="subtle" size="compact-sm" onClick={() => onChange({ ...NO_FILTER, q: filter.q })}>
        {t('contacts.filter.clear')}
      </Button>
    </Group>
  )
}

/** What is set, in words. */
export function useFacetWords(): (facet: Facet) => string {
  const { t } = useTranslation()
  const { data: departments = [] } = useDepartments()
  const { data: fields = [] } = useCustomFields()
  function days({ from, to }: { from: string; to: string }): string {
    if (from && to) return t('contacts.filter.between', { from: shown(from), to: shown(to) })
    return from
      ? t('contacts.filter.since', { from: shown(from) })
      : t('contacts.filter.until', { to: shown(to) })
  }
  function worded(facet: Facet): string {
    switch (facet.name) {
      case 'never_called':
        return t('contacts.filter.chip.never_called')
      case 'added':
      case 'last_called':
        return t(`contacts.filter.chip.${facet.name}`, { days: days(facet) })
      case 'custom': {
        const { key, value } = facet
        return t('contacts.filter.chip.custom', { label: labelOf(fields, key), value: yesNo(value) })
      }
      case 'outcome':
        return t('contacts.filter.chip.outcome', { value: t(`shared.outcome.${facet.value as 'busy'}`) })
      case 'department_id': {
        const known = departments.find(it => it.id === facet.value)
        return t('contacts.filter.chip.department_id', { value: known?.name ?? facet.value })
      }
      default:
        return t(`contacts.filter.chip.${facet.name}`, { value: facet.value })
    }
  }
  function yesNo(value: string): string {
    if (value === 'true') return t('contacts.yes')
    return value === 'false' ? t('contacts.no') : value
  }
  return worded
}

/** Nov 22, 2026: a day of the reader, whatever the zone. */
function shown(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(year, month - 1, date))
}
