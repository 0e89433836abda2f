/** Who speaks: language, gender, voice; speed and pitch only where the voice has them. */
import { Group, Input, SegmentedControl, Select, Slider, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { useWords } from '@/shared/says'
import { useVoices } from './queries'
import { type Gender, languagesOf, nameOf, speakersOf, spokenBy, successor, type Voice } from './voices'

type Message = Schemas['Message']
type Props = { message: Message; onChange: (message: Message) => void }

export function VoiceChoice({ message, onChange }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const { data: voices = [], error } = useVoices()
  const [gender, setGender] = useState<Gender | 'any'>('any')
  const language = message.language ?? 'en-US'
  const voice = voices.find(it => it.name === message.voice)
  const speakers = speakersOf(voices, language, gender)
  // The voice that speaks now stays in the list, whatever the filter says.
  const offered = voice && !speakers.includes(voice) ? [voice, ...speakers] : speakers
  function speakIn(next: string | null) {
    const heir = next && successor(voices, next, voice)
    if (next && heir) onChange(spokenBy(message, heir, next))
  }
  function speakBy(name: string | null) {
    const next = voices.find(it => it.name === name)
    if (next) onChange(spokenBy(message, next, language))
  }
  return (
    <Stack gap="sm" mih={140}>
      {error && (
        <Text fz="sm" c="var(--status-failed)" role="alert">
          {words(error)}
        </Text>
      )}
      <Group align="start" gap="sm">
        <Select
          label={t('create.voice.language')}
          searchable
          w={210}
          data={languagesOf(voices, locale())}
          value={language}
          onChange={speakIn}
        />
        <Input.Wrapper label={t('create.voice.gender')} labelElement="div">
          <SegmentedControl
            display="flex"
            mt={2}
            aria-label={t('create.voice.gender')}
            value={gender}
            onChange={setGender}
            data={(['any', 'female', 'male'] as const).map(value => ({
              value,
              label: t(`create.voice.${value}`),
            }))}
          />
        </Input.Wrapper>
        <Select
          label={t('create.voice.voice')}
          searchable
          w={200}
          data={offered.map(it => ({
            value: it.name,
            label: t('create.voice.named', {
              name: nameOf(it.name),
              engine: t(`create.voice.engine.${it.engine}`),
            }),
          }))}
          value={voice?.name ?? null}
          onChange={speakBy}
        />
      </Group>
      {voice && <Manner voice={voice} message={message} onChange={onChange} />}
    </Stack>
  )
}

function Manner({ voice, message, onChange }: Props & { voice: Voice }) {
  const { t } = useTranslation()
  if (!voice.has_rate && !voice.has_pitch) {
    return (
      <Text fz="sm" c="dimmed">
        {t('create.voice.fixed', { name: nameOf(voice.name) })}
      </Text>
    )
  }
  return (
    <Group gap="xl" align="start">
      {voice.has_rate && (
        <Dial
          word="rate"
          min={50}
          max={200}
          value={message.rate_percent ?? 100}
          onChange={rate_percent => onChange({ ...message, rate_percent })}
        />
      )}
      {voice.has_pitch ? (
        <Dial
          word="pitch"
          min={-50}
          max={50}
          value={message.pitch_percent ?? 0}
          onChange={pitch_percent => onChange({ ...message, pitch_percent })}
        />
      ) : (
        <Text fz="sm" c="dimmed" maw={240}>
          {t('create.voice.noPitch', { name: nameOf(voice.name) })}
        </Text>
      )}
    </Group>
  )
}

type DialProps = {
  word: 'rate' | 'pitch'
  min: number
  max: number
  value: number
  onChange: (value: number) => void
}

function Dial({ word, value, ...rest }: DialProps) {
  const { t } = useTranslation()
  const said = `${value > 0 && word === 'pitch' ? '+' : ''}${value} %`
  return (
    <Input.Wrapper label={`${t(`create.voice.${word}`)}: ${said}`} labelElement="div" w={230}>
      <Slider
        mt={8}
        mb="xs"
        step={5}
        label={null}
        value={value}
        thumbLabel={t(`create.voice.${word}`)}
        thumbValueText={said}
        {...rest}
      />
    </Input.Wrapper>
  )
}
