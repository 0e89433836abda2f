/** One campaign in the list: what it is, how far it is, how fast it goes, and what can be done with it. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import * as format from '@/shared/format'
import lists from '@/shared/list.module.css'
import { StatusMark, When } from '@/shared/marks'
import { useNow } from '@/shared/now'
import { useScheduleWords } from '@/shared/occurrences'
import { ProgressBar } from '@/shared/progress-bar'
import { percentDone } from '@/shared/segments'
import classes from './campaigns.module.css'
import { NextRun } from './next-run'
import { paceOf } from './pace'
import { RowActions } from './row-actions'

type Props = { campaign: Schemas['Campaign']; department: string | undefined }

export function CampaignRow({ campaign, department }: Props) {
  const { id, name, status, progress } = campaign
  const to = status === 'draft' ? '/campaigns/$campaignId/edit' : '/campaigns/$campaignId'
  return (
    <li className={`${lists.row} ${classes.row}`} data-status={status}>
      <div className={lists.what}>
        <Link to={to} params={{ campaignId: id }} className={`${lists.name} ${classes.name}`} title={name}>
          {name}
        </Link>
        <Sub campaign={campaign} department={department} />
      </div>
      <div className={classes.mark}>
        <StatusMark status={status} />
      </div>
      <div className={classes.progress}>{progress && <Figures name={name} progress={progress} />}</div>
      {status === 'scheduled' ? <NextRun campaign={campaign} /> : <Pace campaign={campaign} />}
      <div className={classes.actions}>
        <RowActions campaign={campaign} />
      </div>
      {campaign.status_reason && (
        <div className={classes.reason} data-status={status}>
          {campaign.status_reason}
        </div>
      )}
    </li>
  )
}

function Sub({ campaign, department }: Props) {
  const { t } = useTranslation()
  const { words } = useScheduleWords()
  const { started_at, finished_at, created_at } = campaign
  const [word, at] = finished_at
    ? (['finished', finished_at] as const)
    : started_at
      ? (['started', started_at] as const)
      : (['created', created_at] as const)
  return (
    <div className={classes.sub}>
      {department && <span>{department} ·</span>}
      <span>
        {campaign.status === 'scheduled' ? (
          words(campaign.schedule)
        ) : (
          <>
            {t(`campaigns.row.${word}`)} <When at={at} />
          </>
        )}
      </span>
    </div>
  )
}

/** Nobody was called yet: how many there are. Else the bar with its figures. */
function Figures({ name, progress }: { name: string; progress: Schemas['Progress'] }) {
  const { t } = useTranslation()
  const total = format.count(progress.total, locale())
  if (progress.called === 0 && progress.total === progress.remaining + progress.suppressed) {
    return (
      <span className={classes.sub}>{t('campaigns.row.people', { count: progress.total, n: total })}</span>
    )
  }
  const done = progress.completed + progress.failed + progress.suppressed
  return (
    <>
      <ProgressBar progress={progress} label={t('campaigns.row.progressOf', { name })} />
      <div className={classes.figures}>
        <b>{percentDone(progress)} %</b>
        <span>{t('campaigns.row.of', { done: format.count(done, locale()), total })}</span>
      </div>
    </>
  )
}

function Pace({ campaign }: { campaign: Schemas['Campaign'] }) {
  const { t } = useTranslation()
  const now = useNow()
  const lines = paceOf(campaign)
  return (
    <div className={classes.pace}>
      {lines.map(line => (
        <div key={line.word}>
          {line.word === 'ends'
            ? t('campaigns.row.ends', { at: format.clock(line.at, now, locale()) })
            : line.word === 'success'
              ? t('campaigns.row.success', { rate: format.percent(line.rate, locale()) })
              : t(`campaigns.row.${line.word}`, { n: format.count(line.n, locale()) })}
        </div>
      ))}
    </div>
  )
}
