/** Calls a minute over the last hour: a line that is loaded when it is seen, and the same as a table. */
import { Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Panel } from '@/shared/panel'
import { ErrorState, Loading } from '@/shared/states'
import classes from './campaign.module.css'
import { useMinutes } from './data'
import { type Point, points } from './minutes'
import { useFormats } from './says'

const PaceChart = lazy(() => import('./pace-chart').then(it => ({ default: it.PaceChart })))
const CHART = 168
const HEIGHT = 236

export function PacePanel({ id, progress }: { id: string; progress: Schemas['Progress'] }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useMinutes(id)
  const line = data ? points(data.items, progress) : []
  return (
    <Panel title={t('campaign.pace.title')} aside={<Legend />} height={HEIGHT}>
      {error && !data && <ErrorState error={error} onAgain={() => void refetch()} />}
      {!error && !data && <Loading height={CHART} />}
      {data && <Line line={line} />}
    </Panel>
  )
}

function Legend() {
  const { t } = useTranslation()
  return (
    <span className={classes.legend}>
      <span className={classes.key}>
        <span className={classes.stroke} style={{ color: 'var(--mantine-primary-color-filled)' }} />
        {t('campaign.pace.started')}
      </span>
      <span className={classes.key}>
        <span
          className={classes.stroke}
          style={{ color: 'var(--outcome-answered)', borderTopStyle: 'dashed' }}
        />
        {t('campaign.pace.answered')}
      </span>
    </span>
  )
}

function Line({ line }: { line: Point[] }) {
  const { t } = useTranslation()
  const { n } = useFormats()
  const most = Math.max(0, ...line.map(point => point.started))
  if (most === 0) {
    return (
      <Text c="dimmed" mih={CHART}>
        {t('campaign.pace.none')}
      </Text>
    )
  }
  return (
    <>
      <div
        className={classes.chart}
        role="img"
        aria-label={t('campaign.pace.summary', { n: n(line.at(-1)?.started ?? 0), most: n(most) })}
      >
        <Suspense fallback={<Loading height={CHART} />}>
          <PaceChart line={line} height={CHART} />
        </Suspense>
      </div>
      <Numbers line={line} />
    </>
  )
}

function Numbers({ line }: { line: Point[] }) {
  const { t } = useTranslation()
  const { n, minute } = useFormats()
  return (
    <details className={classes.disclosure}>
      <summary>{t('campaign.pace.table')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div className={classes.table} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('campaign.pace.minute')}</th>
              <th scope="col">{t('campaign.pace.started')}</th>
              <th scope="col">{t('campaign.pace.answered')}</th>
            </tr>
          </thead>
          <tbody>
            {line.toReversed().map(point => (
              <tr key={point.at}>
                <th scope="row">{minute(point.at)}</th>
                <td>{n(point.started)}</td>
                <td>{point.answered === null ? '–' : n(point.answered)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
