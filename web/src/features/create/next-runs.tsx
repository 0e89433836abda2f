/** The next runs as the server reckons them, by the campaign's clock and by the reader's own where it differs. */
import { Text, Title } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { count } from '@/shared/format'
import { useOccurrences, useScheduleWords } from '@/shared/occurrences'
import { readSchedule } from '@/shared/schedule'
import classes from './schedule.module.css'
import type { Editing } from './use-draft'

/** "The next ten occurrences are shown before launch." */
const SHOWN = 10

export function NextRuns({ editing: { campaign, draft } }: { editing: Editing }) {
  const { t } = useTranslation()
  const { words, moment, yours } = useScheduleWords()
  const id = useId()
  const { items, isOld } = useOccurrences(campaign, SHOWN)
  const schedule = readSchedule(campaign.schedule)
  if (schedule.kind === 'manual') return null
  const isRefused = draft.held.schedule !== undefined
  // What is typed is not saved yet: these are the runs of what was there before.
  const isStale = isOld || draft.typed.schedule !== undefined
  const n = items?.length ?? 0
  return (
    <section className={classes.next} aria-labelledby={id}>
      <Title order={3} id={id}>
        {n === 0 ? t('create.begin.nextNone') : t('create.begin.next', { count: n, n: count(n, locale()) })}
      </Title>
      {!isRefused && (
        <Text fz="sm" c="dimmed">
          {words(campaign.schedule)}
        </Text>
      )}
      {isRefused && <Text mt={4}>{t('create.begin.nextUnknown')}</Text>}
      {!isRefused && items?.length === 0 && !isStale && <Text mt={4}>{t('create.begin.nextEmpty')}</Text>}
      {!isRefused && (
        <ol className={classes.runs} data-stale={isStale || undefined} aria-busy={isStale}>
          {items?.map(it => (
            <li key={it.at}>
              <div>
                <time dateTime={it.at}>{moment(it, schedule)}</time>
                <span>{yours(it)}</span>
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
