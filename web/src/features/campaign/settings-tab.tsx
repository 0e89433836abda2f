/** What was set, in sentences. Read-only: a draft is edited in the wizard, a running campaign keeps its settings. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { defaultNumber, useCallerIds } from '@/shared/caller-ids'
import * as format from '@/shared/format'
import { useScheduleWords } from '@/shared/occurrences'
import classes from './campaign.module.css'
import { useAudio } from './data'
import { useFormats } from './says'
import { GROUPS, type Group, type Say, settingLines } from './settings-lines'

export function SettingsTab({ campaign }: { campaign: Schemas['Campaign'] }) {
  const { t } = useTranslation()
  const { instant } = useFormats()
  const lines = settingLines(campaign, useSay())
  return (
    <dl className={classes.settings}>
      {campaign.description && (
        <>
          <dt>{t('campaign.settings.description')}</dt>
          <dd style={{ whiteSpace: 'pre-wrap' }}>{campaign.description}</dd>
        </>
      )}
      {GROUPS.map(group => (
        <Part key={group} group={group} campaign={campaign} lines={lines[group]} />
      ))}
      <dt>{t('campaign.settings.purpose')}</dt>
      <dd>{t(`campaign.purpose.${campaign.purpose}`)}</dd>
      <dt>{t('campaign.settings.created')}</dt>
      <dd>{instant(campaign.created_at)}</dd>
    </dl>
  )
}

type PartProps = {
  group: Group
  campaign: Schemas['Campaign']
  lines: ReturnType<typeof settingLines>[Group]
}

function Part({ group, campaign, lines }: PartProps) {
  const { t } = useTranslation()
  return (
    <>
      <dt>{t(`campaign.settings.${group}`)}</dt>
      <dd>
        {group === 'message' && <Message message={campaign.message} />}
        {lines.map(line => (
          <p key={line.word}>{t(`campaign.setting.${line.word}`, line.values ?? {})}</p>
        ))}
      </dd>
    </>
  )
}

/** The words themselves, or which recording. */
function Message({ message }: { message: Schemas['Campaign']['message'] }) {
  const { t } = useTranslation()
  const { data: audio } = useAudio(message?.audio_id ?? undefined)
  if (message?.text) return <blockquote className={classes.quote}>{message.text}</blockquote>
  if (!audio) return null
  const length = format.duration(audio.duration_s)
  return <Text fw={600}>{t('campaign.settings.recording', { name: audio.name, length })}</Text>
}

function useSay(): Say {
  const { t } = useTranslation()
  const formats = useFormats()
  const { words } = useScheduleWords()
  const { data: numbers } = useCallerIds()
  const standard = defaultNumber(numbers)
  return {
    ...formats,
    schedule: words,
    phone: format.phone,
    standard: standard && format.phone(standard),
    outcome: word => t(`shared.outcome.${word}`),
    day: word => t(`campaign.day.${word}`),
  }
}
