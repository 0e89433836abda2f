/** System health: each figure with its target, and when every loop last looked. Asked again only while it is seen. */

import { Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { Dot } from '@/shared/dot'
import { clock } from '@/shared/format'
import { When } from '@/shared/marks'
import { useNow } from '@/shared/now'
import { Page } from '@/shared/page'
import { ErrorState, Loading } from '@/shared/states'
import { VirtualTable } from '@/shared/virtual-table'
import { aimOf } from './codes'
import { figureValue, isFigureName, isLoopName, worst } from './figures'
import { named, sentence } from './words'

type Health = Schemas['SystemHealth']
type Figure = Health['figures'][number]
type Level = Figure['level']

/** Between two looks while the page is in sight; a page in the background does not ask. Milliseconds. */
const LOOK_EVERY = 5_000
const TONES = { good: 'active', warn: 'paused', bad: 'failed' } as const

export default function HealthPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({
    queryKey: ['health'],
    queryFn: () => body(client.GET('/api/v1/health')),
    refetchInterval: LOOK_EVERY,
    refetchOnWindowFocus: true,
  })
  return (
    <Page title={t('admin.health.title')} mark={data && <LevelMark level={worst(data)} />}>
      {!data && error && <ErrorState error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Loading height={480} />}
      {data && (
        <Stack gap="lg">
          <AsOf at={data.as_of} isLost={error !== null} />
          <Figures figures={data.figures} />
          <Loops loops={data.loops} />
        </Stack>
      )}
    </Page>
  )
}

/** How old the figures are; and that they do not come any more, should that be so. */
function AsOf({ at, isLost }: { at: string; isLost: boolean }) {
  const { t } = useTranslation()
  const now = useNow()
  if (!isLost)
    return (
      <Text fz="sm" c="dimmed">
        {t('admin.health.asOf')} <When at={at} />
      </Text>
    )
  return (
    <Text fz="sm" fw={600} c="var(--status-paused)" role="status">
      {t('shared.live.lost', { at: clock(at, now, locale()) })}
    </Text>
  )
}

function LevelMark({ level }: { level: Level }) {
  const { t } = useTranslation()
  return <Dot tone={TONES[level]}>{t(`admin.health.level.${level}`)}</Dot>
}

function Figures({ figures }: { figures: Health['figures'] }) {
  const { t } = useTranslation()
  const name = (figure: Figure) =>
    isFigureName(figure.name) ? t(`admin.health.figure.${figure.name}`) : named(figure.name)
  const value = (figure: Figure) => figureValue(figure, locale()) ?? t('admin.health.nothingYet')
  return (
    <VirtualTable
      label={t('admin.health.figures')}
      rows={figures}
      rowKey={figure => figure.name}
      height="none"
      narrow={figure => (
        <>
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text truncate fw={600}>
              {name(figure)}
            </Text>
            <span style={{ whiteSpace: 'nowrap' }}>{value(figure)}</span>
          </Group>
          <LevelMark level={figure.level} />
        </>
      )}
      columns={[
        { key: 'name', title: t('admin.health.figures'), width: 'minmax(200px, 2fr)', cell: name },
        {
          key: 'value',
          title: t('admin.health.value'),
          width: '140px',
          right: true,
          cell: figure => <b>{value(figure)}</b>,
        },
        {
          key: 'level',
          title: t('admin.health.state'),
          width: '130px',
          cell: figure => <LevelMark level={figure.level} />,
        },
        {
          key: 'target',
          title: t('admin.health.target'),
          width: 'minmax(200px, 3fr)',
          cell: figure => <AimOf figure={figure} />,
        },
      ]}
    />
  )
}

function Loops({ loops }: { loops: Health['loops'] }) {
  const { t } = useTranslation()
  const name = (loop: Health['loops'][number]) =>
    isLoopName(loop.name) ? t(`admin.health.loop.${loop.name}`) : named(loop.name)
  return (
    <VirtualTable
      label={t('admin.health.loops')}
      rows={loops}
      rowKey={loop => loop.name}
      height="none"
      narrow={loop => (
        <>
          <Text truncate fw={600}>
            {name(loop)}
          </Text>
          <LevelMark level={loop.level} /> · <When at={loop.last_tick_at} />
        </>
      )}
      columns={[
        { key: 'name', title: t('admin.health.loops'), width: 'minmax(200px, 3fr)', cell: name },
        {
          key: 'level',
          title: t('admin.health.state'),
          width: '160px',
          cell: loop => <LevelMark level={loop.level} />,
        },
        {
          key: 'tick',
          title: t('admin.health.lastTick'),
          width: '140px',
          right: true,
          cell: loop => <When at={loop.last_tick_at} />,
        },
      ]}
    />
  )
}

function AimOf({ figure }: { figure: Schemas['HealthFigure'] }) {
  const { t } = useTranslation()
  const aim = aimOf(figure, locale())
  const words = aim ? t(`admin.aim.${aim.word}`, { bound: aim.bound }) : sentence(figure.target)
  return <span title={words}>{words}</span>
}
