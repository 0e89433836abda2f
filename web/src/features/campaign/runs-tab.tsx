/** The runs of a campaign: one of a single campaign, one an occurrence of a recurring one. */
import { Button, Group, Text } from '@mantine/core'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { ListState } from '@/shared/list-state'
import { When } from '@/shared/marks'
import { dateWords, timeOf } from '@/shared/schedule-words'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import classes from './campaign.module.css'
import { useRuns } from './data'
import { RunFigures, RunResults } from './run-figures'
import { RunList } from './run-list'
import { useFormats } from './says'
import { useCampaignSearch } from './search'

type Run = Schemas['RunView']

const STATES: Record<string, 'prepared' | 'running' | 'finishedState' | 'stopped' | 'failed'> = {
  prepared: 'prepared',
  started: 'running',
  finished: 'finishedState',
  stopped: 'stopped',
  failed: 'failed',
}

export function RunsTab({ id }: { id: string }) {
  const { t } = useTranslation()
  const list = useRuns(id)
  const columns = useColumns(id, list.rows)
  const [, change] = useCampaignSearch()
  return (
    <ListState list={list} empty={null}>
      <VirtualTable
        label={t('campaign.runs.label')}
        columns={columns}
        rows={list.rows}
        rowKey={row => row.id}
        narrow={row => <Narrow id={id} run={row} />}
        onOpen={row => change({ tab: 'recipients', run: row.id }, { keep: true })}
        hasMore={list.hasNextPage && !list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </ListState>
  )
}

function useOccurrence() {
  const { t } = useTranslation()
  return ({ occurrence, started_at, finished_at }: Run) => {
    // Whether by hand or by the schedule is not known before; one that failed before it began was somebody's occurrence.
    if (!started_at && !finished_at) return t('campaign.schedule.next')
    if (occurrence === 'manual') return t('campaign.runs.manual')
    return `${dateWords(occurrence, locale(), 'short')}, ${timeOf(occurrence)}`
  }
}

/** A column for the lists only where lists are fetched; room for reasons only where a run has one. */
function useColumns(id: string, rows: Run[]): Column<Run>[] {
  const { t } = useTranslation()
  const { n } = useFormats()
  const occurrence = useOccurrence()
  const [, change] = useCampaignSearch()
  const [hasLists, hasReasons] = [rows.some(row => row.list), rows.some(row => row.reason)]
  function show(event: MouseEvent, row: Run) {
    event.stopPropagation()
    change({ tab: 'recipients', run: row.id }, { keep: true })
  }
  return [
    {
      key: 'number',
      title: t('campaign.runs.number'),
      width: '60px',
      right: true,
      cell: row => n(row.number),
    },
    { key: 'due', title: t('campaign.runs.occurrence'), width: 'minmax(140px, 1fr)', cell: occurrence },
    {
      key: 'state',
      title: t('campaign.runs.state'),
      width: hasReasons ? 'minmax(240px, 3fr)' : '120px',
      cell: row => <RunState run={row} />,
    },
    {
      key: 'progress',
      title: t('campaign.schedule.progress'),
      width: 'minmax(220px, 1fr)',
      cell: row => <RunFigures id={id} run={row} />,
    },
    ...(hasLists
      ? [
          {
            key: 'list',
            title: t('campaign.runs.list'),
            width: 'minmax(170px, 1fr)',
            cell: (row: Run) => <RunList id={id} run={row} />,
          },
        ]
      : []),
    {
      key: 'started',
      title: t('campaign.runs.started'),
      width: '130px',
      cell: row => <When at={row.started_at} />,
    },
    { key: 'finished', title: t('campaign.runs.finished'), width: '130px', cell: row => <Ended run={row} /> },
    {
      key: 'show',
      title: t('campaign.runs.show'),
      unseen: true,
      width: '220px',
      cell: row => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Button size="compact-sm" variant="subtle" onClick={event => show(event, row)}>
            {t('campaign.runs.show')}
          </Button>
          <RunResults id={id} run={row} />
        </Group>
      ),
    },
  ]
}

function RunState({ run }: { run: Run }) {
  const { t } = useTranslation()
  const word = STATES[run.state]
  return (
    <span title={run.reason ?? undefined}>
      {word ? t(`campaign.runs.${word}`) : run.state}
      {run.reason && <span className={classes.reason}> {run.reason}</span>}
    </span>
  )
}

function Ended({ run }: { run: Run }) {
  return run.finished_at ? <When at={run.finished_at} /> : '–'
}

function Narrow({ id, run }: { id: string; run: Run }) {
  const { n } = useFormats()
  const { t } = useTranslation()
  const occurrence = useOccurrence()
  return (
    <>
      <b>
        {t('campaign.runs.number')} {n(run.number)}
      </b>{' '}
      · <RunFigures id={id} run={run} />
      {run.list && (
        <div>
          <RunList id={id} run={run} />
        </div>
      )}
      {/* Rows have one height; a long reason stands whole above the tabs. */}
      <Text truncate fz="inherit">
        {run.started_at ? <When at={run.started_at} /> : occurrence(run)} · <RunState run={run} />
      </Text>
    </>
  )
}
