/** One call of a story, second by second. */
import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { CallState } from '@/shared/call-state'
import * as format from '@/shared/format'
import classes from './campaign.module.css'
import { codeWord } from './carrier-codes'
import { Heard } from './heard'
import { useFormats } from './says'
import { answeredBy, type Moment, moments } from './story'

export function StoryCall({ campaign, call }: { campaign: string; call: Schemas['Attempt'] }) {
  const { t } = useTranslation()
  const { instant, n } = useFormats()
  const code = call.error_code
  return (
    <article>
      <Group gap="sm">
        <Text fw={600}>{t('campaign.story.call', { n: n(call.number) })}</Text>
        <CallState call={call} />
      </Group>
      <Text c="dimmed" fz="sm">
        {instant(call.placed_at)} {t('campaign.story.callFrom', { phone: format.phone(call.from) })}
      </Text>
      <ul className={classes.moments}>
        {moments(call).map(moment => (
          <MomentLine key={moment.word} moment={moment} call={call} />
        ))}
      </ul>
      {code !== null && code !== undefined && (
        <Text fz="sm">
          {t('campaign.attempts.code', { code })}: {t(`campaign.code.${codeWord(code)}`)}
        </Text>
      )}
      <Text c="dimmed" fz="xs" style={{ overflowWrap: 'anywhere' }}>
        {[
          call.cost && t('campaign.story.cost', { amount: call.cost.amount, currency: call.cost.currency }),
          call.call_sid && `${t('campaign.story.sid')} ${call.call_sid}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Heard campaign={campaign} attempt={call.id} />
    </article>
  )
}

/** When, how long after it was placed, and what. */
function MomentLine({ moment, call }: { moment: Moment; call: Schemas['Attempt'] }) {
  const { t } = useTranslation()
  const { second } = useFormats()
  const by = moment.word === 'answered' ? answeredBy(call.answered_by) : undefined
  const talked =
    moment.word === 'ended' && call.duration_s !== null && call.duration_s !== undefined
      ? t('campaign.story.talked', { length: format.duration(call.duration_s) })
      : undefined
  const words = [t(`campaign.moment.${moment.word}`), by && t(`campaign.by.${by}`), talked].filter(Boolean)
  return (
    <li>
      <span>{moment.at ? second(moment.at) : ''}</span>
      <Text span c="dimmed" fz="sm" ta="right">
        {moment.after === null ? '' : `+${format.duration(moment.after)}`}
      </Text>
      <span>{words.join(', ')}</span>
    </li>
  )
}
