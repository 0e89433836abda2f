/** What may be behind a low success rate; absent while the rate is fine or too few were called. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Panel } from '@/shared/panel'
import { spokenSeconds } from '@/shared/spoken'
import classes from './campaign.module.css'
import { useAudio } from './data'
import { hints } from './hints'
import { useFormats } from './says'

type Props = { campaign: Schemas['Campaign']; progress: Schemas['Progress'] }

export function HintsPanel({ campaign, progress }: Props) {
  const { t } = useTranslation()
  const { percent } = useFormats()
  const messageSeconds = useMessageSeconds(campaign.message)
  const found = hints({ campaign, progress, messageSeconds })
  if (found.length === 0) return null
  return (
    <Panel title={t('campaign.hint.title')}>
      <ul className={classes.list}>
        {found.map(hint => (
          <li key={hint.word}>
            {t(`campaign.hint.${hint.word}`, { percent: percent(hint.percent), seconds: hint.seconds })}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function useMessageSeconds(message: Schemas['Campaign']['message']): number | undefined {
  const { data: audio } = useAudio(message?.audio_id ?? undefined)
  if (message?.text) return spokenSeconds(message.text, message.rate_percent ?? 100)
  return audio?.duration_s
}
