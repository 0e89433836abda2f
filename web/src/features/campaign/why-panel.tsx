/** Why is it not dialing? Each thing that holds it, how many wait for it, and when it goes on. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Panel } from '@/shared/panel'
import { ErrorState, Loading } from '@/shared/states'
import { blockerKind, inOrder, needsSomebody, nextOpenings } from './blockers'
import classes from './campaign.module.css'
import { useExplanation } from './data'
import { useFormats } from './says'
import { isQuiet } from './sentence'

/** Reserved, so that the panels beside it stay where they are. */
const HEIGHT = 236

type Props = { campaign: Schemas['Campaign']; progress: Schemas['Progress'] }

export function WhyPanel({ campaign, progress }: Props) {
  const { t } = useTranslation()
  const { data, error, refetch } = useExplanation(campaign.id, true)
  const isHeld = campaign.status !== 'active' || isQuiet(progress, data)
  return (
    <Panel title={t(isHeld ? 'campaign.why.title' : 'campaign.why.titleMore')} height={HEIGHT}>
      {data ? (
        <Blockers explanation={data} isPaused={campaign.status === 'paused' && !campaign.status_reason} />
      ) : error ? (
        <ErrorState error={error} onAgain={() => void refetch()} />
      ) : (
        <Loading height={140} />
      )}
    </Panel>
  )
}

function Blockers({ explanation, isPaused }: { explanation: Schemas['Explanation']; isPaused: boolean }) {
  const { t } = useTranslation()
  const blockers = inOrder(explanation.blockers)
  if (blockers.length === 0) {
    return <Text c="dimmed">{t(explanation.dialing ? 'campaign.why.now' : 'campaign.why.nothing')}</Text>
  }
  return (
    <ul className={classes.list}>
      {blockers.map(blocker => (
        <BlockerLine key={`${blocker.kind} ${blocker.message}`} blocker={blocker} isPaused={isPaused} />
      ))}
    </ul>
  )
}

/** The state of a campaign that somebody paused is said here; of one that paused itself, the server says why. */
function BlockerLine({ blocker, isPaused }: { blocker: Schemas['Blocker']; isPaused: boolean }) {
  const { t } = useTranslation()
  const { n, at } = useFormats()
  const kind = blocker.kind === 'status' && isPaused ? 'paused' : blockerKind(blocker.kind)
  const when = kind === 'retry_wait' || kind === 'daily_cap' ? 'first' : 'until'
  return (
    <li className={`${classes.blocker} ${needsSomebody(blocker) ? classes.fault : ''}`}>
      <span>{kind ? t(`campaign.blocker.${kind}`) : blocker.message}</span>
      <Text span fw={600} ta="right">
        {blocker.recipients > 0 &&
          t('campaign.why.people', { count: blocker.recipients, n: n(blocker.recipients) })}
      </Text>
      {blocker.openings.length > 1 ? (
        <Openings blocker={blocker} />
      ) : (
        blocker.until &&
        kind !== 'calls_per_second' && (
          <Text span c="dimmed" fz="sm">
            {t(`campaign.why.${when}`, { at: at(blocker.until) })}
          </Text>
        )
      )}
    </li>
  )
}

/** Who waits for which opening of their hours, the next first. */
function Openings({ blocker }: { blocker: Schemas['Blocker'] }) {
  const { t } = useTranslation()
  const { n, at } = useFormats()
  const { shown, later } = nextOpenings(blocker)
  return (
    <ul className={classes.openings} aria-label={t('campaign.why.openings')}>
      {shown.map(opening => (
        <li key={opening.at}>
          {t('campaign.why.opening', {
            count: opening.recipients,
            n: n(opening.recipients),
            at: at(opening.at),
          })}
        </li>
      ))}
      {later > 0 && <li>{t('campaign.why.later', { count: later, n: n(later) })}</li>}
    </ul>
  )
}
