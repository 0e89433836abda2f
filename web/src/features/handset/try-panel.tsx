/** Whom to be at the left, the telephone at the right, and what the carrier would get below. */
import { Alert, Button, Code, Stack, Switch, Text } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem, type Schemas } from '@/api/client'
import { FormProblem } from '@/shared/form-problem'
import { Panel } from '@/shared/panel'
import classes from './handset.module.css'
import { OptOutResult } from './opt-out-result'
import { hasSpeech } from './perform'
import { Telephone } from './telephone'
import { useHandset } from './use-handset'
import { useWhom, WhomChoice } from './whom-choice'

export function TryPanel({ campaign }: { campaign: Schemas['Campaign'] }) {
  const { t } = useTranslation()
  const [isSilent, setSilent] = useState(false)
  const speaks = useSpeech()
  const whom = useWhom()
  const handset = useHandset(campaign.id, isSilent || !speaks)
  const isBusy = handset.player.phase !== 'idle' && handset.player.phase !== 'over'
  const note = handset.heard?.note
  if (!campaign.message) return <NoMessage campaign={campaign} />
  return (
    <div className={classes.columns}>
      <Panel title={t('handset.whom.title')}>
        <Stack gap="md">
          <WhomChoice id={campaign.id} whom={whom} error={handset.error} />
          <Switch
            checked={isSilent || !speaks}
            disabled={!speaks}
            onChange={event => setSilent(event.currentTarget.checked)}
            label={t('handset.silent')}
            description={speaks ? t('handset.voiceDiffers') : t('handset.noVoices')}
          />
          <Trouble handset={handset} />
          <Button
            leftSection={<IconPhone size={16} />}
            loading={handset.isAsking}
            disabled={isBusy || !whom.isReady}
            onClick={() => handset.call(whom.value)}
          >
            {t('handset.call')}
          </Button>
          {note && <Alert color="yellow">{note}</Alert>}
          <OptOutResult heard={handset.heard} />
        </Stack>
      </Panel>
      <Telephone handset={handset} />
      <Panel title={t('handset.twiml')}>
        {handset.heard ? (
          <details className={classes.twiml}>
            <summary>{t('handset.twimlShow')}</summary>
            <Code block>{handset.heard.twiml}</Code>
          </details>
        ) : (
          <Text c="dimmed">{t('handset.twimlNone')}</Text>
        )}
      </Panel>
    </div>
  )
}

function Trouble({ handset }: { handset: ReturnType<typeof useHandset> }) {
  const { t } = useTranslation()
  const { error, isExpired } = handset
  // A wrong number is said beside its field.
  if (error instanceof Problem && error.of('phone') !== undefined) return null
  if (!isExpired) return <FormProblem error={error} fields={[]} />
  return (
    <Text c="var(--status-failed)" fz="sm" role="alert">
      {t('handset.expired')}
    </Text>
  )
}

function NoMessage({ campaign }: { campaign: Schemas['Campaign'] }) {
  const { t } = useTranslation()
  return (
    <Alert color="yellow" title={t('handset.noMessage')}>
      <Button
        component={Link}
        to={`/campaigns/${campaign.id}/edit?step=settings`}
        size="compact-sm"
        variant="default"
      >
        {t('handset.writeMessage')}
      </Button>
    </Alert>
  )
}

/** Browsers load their voices after the page. */
function useSpeech(): boolean {
  const [speaks, setSpeaks] = useState(hasSpeech)
  useEffect(() => {
    if (typeof speechSynthesis === 'undefined') return
    const changed = () => setSpeaks(hasSpeech())
    changed()
    speechSynthesis.addEventListener('voiceschanged', changed)
    return () => speechSynthesis.removeEventListener('voiceschanged', changed)
  }, [])
  return speaks
}
