/** The message as three real recipients would hear it, each with a preview by the browser's own voice. */
import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Phone } from '@/shared/marks'
import { Loading } from '@/shared/states'
import classes from './call-step.module.css'
import type { PlanFacts } from './plan'
import type { Sample } from './queries'
import { parse, type Rendered, render } from './template'
import { usePreview } from './use-preview'

const SHOWN = 3

type Props = {
  message: Schemas['Message']
  samples: Sample[]
  isPending: boolean
  facts: PlanFacts
}

export function Renderings({ message, samples, isPending, facts }: Props) {
  const { t } = useTranslation()
  const preview = usePreview(message)
  const { parts } = parse(message.text ?? '')
  const heard = parts && (message.text ?? '').trim() !== '' ? heardBy(parts, samples, facts) : []
  return (
    <section className={classes.phone} aria-label={t('create.call.hear')}>
      <Text fz="sm" fw={600}>
        {t('create.call.hear')}
      </Text>
      {isPending && <Loading height={120} />}
      {!isPending && heard.length === 0 && (
        <Text fz="sm" c="dimmed" mt={6}>
          {t(samples.length === 0 ? 'create.call.hearNobody' : 'create.call.hearNothing')}
        </Text>
      )}
      {!isPending &&
        heard.map(({ sample, rendered }) => (
          <div key={sample.id} className={classes.hears}>
            <div className={classes.who}>
              <span>
                {sample.name || (sample.phone ? <Phone number={sample.phone} /> : t('create.call.anybody'))}
              </span>
              {preview.isPossible && (
                <Play
                  isPlaying={preview.playing === sample.id}
                  onPlay={() => preview.play(sample.id, rendered.text)}
                  onStop={preview.stop}
                  name={sample.name || sample.phone}
                />
              )}
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls by keyboard, too */}
            <p className={classes.bubble} tabIndex={0}>
              {rendered.text}
            </p>
            {rendered.isCut && (
              <Text fz="sm" className={classes.warn}>
                {t('create.call.cut')}
              </Text>
            )}
          </div>
        ))}
      <Text fz={12} c="dimmed" mt={8}>
        {t(preview.isPossible ? 'create.call.previewDiffers' : 'create.call.noPreview')}
      </Text>
    </section>
  )
}

/** Those who lack something first, since they show what is wrong. Without recipients, nobody's values. */
function heardBy(parts: Parameters<typeof render>[0], samples: Sample[], { organization }: PlanFacts) {
  const nobody: Sample = { id: 'nobody', name: '', phone: '', fields: { organization_name: organization } }
  const people = samples.length > 0 ? samples : [nobody]
  const all: { sample: Sample; rendered: Rendered }[] = people.map(sample => ({
    sample,
    rendered: render(parts, sample.fields),
  }))
  return all.sort((a, b) => b.rendered.missing.length - a.rendered.missing.length).slice(0, SHOWN)
}

type PlayProps = { isPlaying: boolean; onPlay: () => void; onStop: () => void; name: string }

function Play({ isPlaying, onPlay, onStop, name }: PlayProps) {
  const { t } = useTranslation()
  const label = isPlaying ? t('create.call.stop') : t('create.call.play', { name })
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" size="md" onClick={isPlaying ? onStop : onPlay} aria-label={label}>
        {isPlaying ? <IconPlayerStop size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  )
}
