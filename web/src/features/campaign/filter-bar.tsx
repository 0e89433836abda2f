/** Filters above a list; what they are set to is in the address. */
import { Group, Select, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { OUTCOMES } from '@/shared/outcomes'
import classes from './campaign.module.css'
import { useFormats } from './says'
import { STATES, useCampaignSearch } from './search'

const ALL = ''

export function StateFilter() {
  const { t } = useTranslation()
  const [{ state }, change] = useCampaignSearch()
  const data = [
    { value: ALL, label: t('campaign.filter.all') },
    ...STATES.map(value => ({ value, label: t(`shared.recipient.${value}`) })),
  ]
  return (
    <Select
      aria-label={t('campaign.filter.state')}
      w={180}
      className={classes.filter}
      data={data}
      value={state ?? ALL}
      leftSection={<Named words={t('campaign.filter.state')} />}
      leftSectionWidth={76}
      onChange={value => change({ state: STATES.find(known => known === value) })}
    />
  )
}

export function OutcomeFilter() {
  const { t } = useTranslation()
  const [{ outcome }, change] = useCampaignSearch()
  const data = [
    { value: ALL, label: t('campaign.filter.all') },
    ...OUTCOMES.map(value => ({ value, label: t(`shared.outcome.${value}`) })),
  ]
  return (
    <Select
      aria-label={t('campaign.filter.outcome')}
      w={200}
      className={classes.filter}
      data={data}
      value={outcome ?? ALL}
      leftSection={<Named words={t('campaign.filter.outcome')} />}
      leftSectionWidth={90}
      onChange={value => change({ outcome: OUTCOMES.find(known => known === value) })}
    />
  )
}

function Named({ words }: { words: string }) {
  return (
    <Text span fz="sm" c="dimmed" pl={10}>
      {words}
    </Text>
  )
}

/** Filters at the left, how many rows they leave at the right. */
type FilterBarProps = {
  rows: 'people' | 'calls'
  total: number | undefined
  children: ReactNode
}

export function FilterBar(props: FilterBarProps) {
  const { n } = useFormats()
  const { t } = useTranslation()
  return (
    <Group gap="sm" mb="sm" align="center">
      {props.children}
      <Text c="dimmed" fz="sm" ml="auto" aria-live="polite">
        {props.total !== undefined &&
          t(`campaign.rows.${props.rows}`, { count: props.total, n: n(props.total) })}
      </Text>
    </Group>
  )
}
