/** The answer: one sentence, how old it is, the bar in parts, and the guide's six figures. */
import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Freshness } from '@/shared/freshness'
import type { Liveness } from '@/shared/live'
import { Metric, Metrics } from '@/shared/metric'
import { useOccurrences, useScheduleWords } from '@/shared/occurrences'
import { ProgressBar, ProgressLegend } from '@/shared/progress-bar'
import { readSchedule } from '@/shared/schedule'
import { percentDone } from '@/shared/segments'
import classes from './campaign.module.css'
import { useExplanation, useSettings } from './data'
import { useFormats } from './says'
import { ScheduleLine } from './schedule-line'
import { lowest, sentence } from './sentence'

type Props = { campaign: Schemas['Campaign']; progress: Schemas['Progress']; live: Liveness }

export function Answer({ campaign, progress, live }: Props) {
  const { t } = useTranslation()
  // Before the first call the sentence says it all; bar and figures would be noughts.
  const isBefore = campaign.status === 'draft' || campaign.status === 'scheduled'
  return (
    <section className={classes.answer} aria-label={t('campaign.metrics')}>
      <Group gap="xs" align="baseline" className={classes.sentence}>
        <Sentence campaign={campaign} progress={progress} />
        <Freshness live={live} />
      </Group>
      <ScheduleLine campaign={campaign} />
      {!isBefore && <HowFar name={campaign.name} progress={progress} />}
    </section>
  )
}

/** The bar in parts, and the six figures. */
export function HowFar({ name, progress }: { name: string; progress: Schemas['Progress'] }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={classes.barLine}>
        <ProgressBar progress={progress} label={t('campaign.progress', { name })} height={12} />
        <Text fw={600} className={classes.percent}>
          {percentDone(progress)} %
        </Text>
      </div>
      <ProgressLegend progress={progress} />
      <Figures progress={progress} />
    </>
  )
}

function Sentence({ campaign, progress }: Omit<Props, 'live'>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const isActive = campaign.status === 'active'
  const { data: settings } = useSettings()
  const { data: explanation } = useExplanation(campaign.id, isActive)
  const callsAtOnce = lowest(campaign.limits.max_concurrent_calls, settings?.max_concurrent_calls)
  const next = useNext(campaign)
  const parts = sentence({ campaign, progress, callsAtOnce, explanation, next }, formats)
  return (
    <Text fz="lg" component="p" m={0}>
      {parts.map(part => t(`campaign.sentence.${part.word}`, part.values ?? {})).join(' ')}
    </Text>
  )
}

/** The next run of a scheduled campaign, by its own clock. */
function useNext(campaign: Schemas['Campaign']): string | undefined {
  const { moment } = useScheduleWords()
  const { items } = useOccurrences(campaign, 1, campaign.status === 'scheduled')
  const schedule = readSchedule(campaign.schedule)
  const [next] = items ?? []
  return next && schedule.kind !== 'manual' ? moment(next, schedule) : undefined
}

function Figures({ progress }: { progress: Schemas['Progress'] }) {
  const { t } = useTranslation()
  const { n, percent } = useFormats()
  return (
    <Metrics label={t('campaign.metrics')}>
      <Metric word="total" value={n(progress.total)} />
      <Metric word="called" value={n(progress.called)} />
      <Metric word="completed" value={n(progress.completed)} />
      <Metric word="failed" value={n(progress.failed)} />
      <Metric word="remaining" value={n(progress.remaining)} />
      <Metric word="success_rate" value={percent(progress.success_rate)} />
    </Metrics>
  )
}
