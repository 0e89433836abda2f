/** When people answer: hours of their week by how often they did, where, and which hours a campaign could keep. */
import { Anchor, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { areaName, type BestHours, useBestHours } from '@/shared/best-hours'
import { useDepartments } from '@/shared/departments'
import { count, percent } from '@/shared/format'
import { useNow } from '@/shared/now'
import { Page } from '@/shared/page'
import { Panel } from '@/shared/panel'
import { EmptyState, ErrorState, Loading } from '@/shared/states'
import { AreaTable } from './area-table'
import { HeatMap } from './heat-map'
import { HourTable } from './hour-table'
import { type HoursSearch, SPANS, toAsked, useHoursSearch } from './search'
import { Suggestions } from './suggestions'

export default function BestHoursPage() {
  const { t } = useTranslation()
  const [search, change] = useHoursSearch()
  const asked = toAsked(search, useNow())
  const { data, error, refetch } = useBestHours(asked)
  const csv = new URLSearchParams({ format: 'csv' })
  for (const [name, value] of Object.entries(asked)) if (value) csv.set(name, value)
  const download = (
    <Anchor href={`/api/v1/analytics/best-hours?${csv}`} download fz="sm">
      <IconDownload size={14} aria-hidden /> {t('analytics.csv')}
    </Anchor>
  )
  return (
    <Page title={t('analytics.title')} actions={download}>
      <Filters search={search} change={change} areas={data?.areas ?? []} />
      {!data && error && <ErrorState error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Loading height={480} />}
      {data && (data.attempts === 0 ? <Nothing search={search} /> : <Found data={data} />)}
    </Page>
  )
}

function Nothing({ search }: { search: HoursSearch }) {
  const { t } = useTranslation()
  const isNarrow = search.area !== undefined || search.department !== undefined
  return (
    <EmptyState
      title={t(isNarrow ? 'analytics.nothingHere' : 'analytics.nothing')}
      text={t(isNarrow ? 'analytics.nothingHereHint' : 'analytics.nothingHint')}
    />
  )
}

function Found({ data }: { data: BestHours }) {
  const { t } = useTranslation()
  const answered = (data.answered / data.attempts) * 100
  return (
    <Stack gap="md">
      <Text>
        {t('analytics.sentence', {
          count: data.attempts,
          n: count(data.attempts, locale()),
          rate: percent(answered, locale()),
        })}{' '}
        <Text span c="dimmed" fz="sm">
          {t('analytics.theirs')}
        </Text>
      </Text>
      <Suggestions suggested={data.suggested} />
      <Panel title={t('analytics.heat')}>
        <HeatMap cells={data.cells} />
        <HourTable cells={data.cells} />
      </Panel>
      <AreaTable areas={data.areas} />
    </Stack>
  )
}

type FiltersProps = {
  search: HoursSearch
  change: (part: Partial<HoursSearch>) => void
  areas: BestHours['areas']
}

function Filters({ search, change, areas }: FiltersProps) {
  const { t } = useTranslation()
  const { data: departments = [] } = useDepartments()
  const known = areas.map(it => ({ value: it.area, label: areaName(it, locale()) }))
  // The area that is chosen stays to be read, though the answer may name it no more.
  const isKnown = search.area === undefined || known.some(({ value }) => value === search.area)
  return (
    <Group gap="sm" mb="md" align="end">
      <SegmentedControl
        aria-label={t('analytics.span')}
        value={String(search.days)}
        onChange={days => change({ days: SPANS.find(span => String(span) === days) })}
        data={SPANS.map(days => ({ value: String(days), label: t('analytics.days', { count: days }) }))}
      />
      <Select
        aria-label={t('analytics.area')}
        placeholder={t('analytics.everywhere')}
        clearable
        searchable
        data={isKnown ? known : [...known, { value: search.area ?? '', label: search.area ?? '' }]}
        value={search.area ?? null}
        onChange={area => change({ area: area ?? undefined })}
      />
      {departments.length > 1 && (
        <Select
          aria-label={t('analytics.department')}
          placeholder={t('analytics.everyDepartment')}
          clearable
          data={departments.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.department ?? null}
          onChange={department => change({ department: department ?? undefined })}
        />
      )}
    </Group>
  )
}
