/** How the ended calls came out: bars with numbers, in the same colors as everywhere. */
import { Text, Tooltip } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { OutcomeMark } from '@/shared/marks'
import { OUTCOMES } from '@/shared/outcomes'
import { Panel } from '@/shared/panel'
import classes from './campaign.module.css'
import { useFormats } from './says'

/** The guide's outcomes are always there, so that nothing moves when the first call ends so; others once they occur. */
const ALWAYS = ['answered', 'no_answer', 'busy', 'failed']
const HEIGHT = 236

type Props = { campaign: Schemas['Campaign']; progress: Schemas['Progress'] }

export function OutcomesPanel({ campaign, progress }: Props) {
  const { t } = useTranslation()
  const { n, percent } = useFormats()
  const shown = OUTCOMES.filter(name => progress.outcomes[name] > 0 || ALWAYS.includes(name))
  const ended = Object.values(progress.outcomes).reduce((sum, calls) => sum + calls, 0)
  const most = Math.max(1, ...Object.values(progress.outcomes))
  return (
    <Panel title={t('campaign.outcomes.title')} height={HEIGHT}>
      <div className={classes.bars}>
        {shown.map(name => {
          const calls = progress.outcomes[name]
          return (
            <Fragment key={name}>
              <OutcomeMark outcome={name} />
              <div className={classes.track} aria-hidden>
                <div
                  className={classes.fill}
                  style={{ width: `${(calls / most) * 100}%`, background: `var(--outcome-${name})` }}
                />
              </div>
              <Text fw={600} className={classes.figure}>
                {n(calls)}
              </Text>
              <Text c="dimmed" fz="sm" className={classes.figure} miw={48}>
                {ended > 0 ? percent((calls / ended) * 100) : ''}
              </Text>
            </Fragment>
          )
        })}
      </div>
      <Text c="dimmed" fz="xs" mt="sm">
        {ended === 0 ? t('campaign.outcomes.none') : t('campaign.outcomes.hint')}{' '}
        {campaign.answering_machine === 'off' && t('campaign.outcomes.machines')}{' '}
        {progress.retrying > 0 && (
          <Tooltip label={t('shared.definition.retrying')}>
            <span>
              {t('campaign.outcomes.retrying')}: {n(progress.retrying)}
            </span>
          </Tooltip>
        )}
      </Text>
    </Panel>
  )
}
