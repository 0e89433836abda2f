/** Step 3: what is said, by whom, and what the call does around it. */
import { SegmentedControl, Stack } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '@/shared/panel'
import { AudioChoice } from './audio-choice'
import { CallOptions } from './call-options'
import classes from './call-step.module.css'
import type { Campaign } from './draft'
import { MessageEditor } from './message-editor'
import type { PlanFacts } from './plan'
import { useSamples } from './queries'
import type { Readiness } from './readiness'
import { Renderings } from './renderings'
import type { Editing } from './use-draft'
import { VoiceChoice } from './voice-choice'

type Message = NonNullable<Campaign['message']>

/** What a text is spoken by until somebody chooses: the server's own defaults. */
const SPOKEN: Message = {
  kind: 'tts',
  text: '',
  voice: 'Polly.Joanna-Neural',
  language: 'en-US',
  rate_percent: 100,
  pitch_percent: 0,
}

type Props = { editing: Editing; facts: PlanFacts; readiness: Readiness | undefined }

export function CallStep({ editing, facts, readiness }: Props) {
  const { t } = useTranslation()
  const { campaign, change } = editing
  const message = campaign.message ?? SPOKEN
  const { samples, isPending } = useSamples(campaign.id)
  // Whoever looks at the other kind and comes back finds what was there.
  const other = useRef<Message>(undefined)
  function choose(kind: string) {
    if (kind === message.kind) return
    const next = other.current ?? (kind === 'audio' ? { kind: 'audio' } : SPOKEN)
    other.current = message
    change({ message: next })
  }
  return (
    <Stack gap="md">
      <Panel title={t('create.call.message')}>
        <SegmentedControl
          mb="md"
          aria-label={t('create.call.kind')}
          value={message.kind}
          onChange={choose}
          data={[
            { value: 'tts', label: t('create.call.tts') },
            { value: 'audio', label: t('create.call.audio') },
          ]}
        />
        {message.kind === 'audio' ? (
          <AudioChoice
            audioId={message.audio_id ?? undefined}
            department={campaign.department_id}
            onChange={audio_id => change({ message: { kind: 'audio', audio_id } })}
            error={editing.problemOf('message')}
          />
        ) : (
          <Stack gap="md">
            <div className={classes.message}>
              <MessageEditor
                message={message}
                samples={samples}
                readiness={readiness}
                facts={facts}
                onChange={next => change({ message: next })}
                error={editing.problemOf('message.text') ?? editing.problemOf('message')}
              />
              <Renderings message={message} samples={samples} isPending={isPending} facts={facts} />
            </div>
            <VoiceChoice message={message} onChange={next => change({ message: next })} />
          </Stack>
        )}
      </Panel>
      <CallOptions editing={editing} />
    </Stack>
  )
}
