/** Step 4: how often, after what wait, and for which outcomes; as a picture and as inputs. */
import { Checkbox, Group, Input, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { span } from '@/shared/format'
import { Panel } from '@/shared/panel'
import { useSettings } from './queries'
import {
  ATTEMPTS_MAX,
  CONDITIONS,
  DELAY_S_MAX,
  delaysOf,
  UNIT_S,
  unitOf,
  withAttempts,
  withCondition,
  withDelay,
} from './retry'
import { RetryLine } from './retry-line'
import type { Editing } from './use-draft'

const NUMBERS = Array.from({ length: ATTEMPTS_MAX }, (_, at) => String(at + 1))

export function RetryStep({ editing }: { editing: Editing }) {
  const { t } = useTranslation()
  const { campaign, change, problemOf } = editing
  const { retry } = campaign
  return (
    <Stack gap="md">
      <Panel title={t('create.retry.picture')}>
        <RetryLine retry={retry} />
      </Panel>
      <Input.Wrapper
        label={t('create.retry.attempts')}
        description={t('create.retry.attemptsHint')}
        error={problemOf('retry.max_attempts')}
        labelElement="div"
      >
        <SegmentedControl
          mt={6}
          display="flex"
          w="fit-content"
          aria-label={t('create.retry.attempts')}
          data={NUMBERS}
          value={String(retry.max_attempts)}
          onChange={value => change({ retry: withAttempts(retry, Number(value)) })}
        />
      </Input.Wrapper>
      <Delays editing={editing} />
      <Conditions editing={editing} />
    </Stack>
  )
}

function Delays({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  const { retry } = campaign
  const delays = delaysOf(retry)
  const error = problemOf('retry.delays_s')
  const { data: settings } = useSettings()
  if (delays.length === 0) {
    return <Text c="dimmed">{t('create.retry.once')}</Text>
  }
  return (
    <Input.Wrapper
      label={t('create.retry.delay')}
      description={
        // The bound is the server's; nothing is said of it before it is known.
        settings && t('create.retry.delayHint', { least: span(settings.min_retry_delay_s, locale()) })
      }
      error={error}
      labelElement="div"
    >
      <Stack gap={8} mt={6}>
        {delays.map((delay, at) => (
          <Delay
            // Waits have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the key
            key={at}
            attempt={at + 2}
            delay={delay}
            isWrong={error !== undefined}
            onChange={next => change({ retry: withDelay(retry, at, next) })}
          />
        ))}
      </Stack>
    </Input.Wrapper>
  )
}

type DelayProps = {
  attempt: number
  delay: number
  isWrong: boolean
  onChange: (delay_s: number) => void
}

function Delay({ attempt, delay, isWrong, onChange }: DelayProps) {
  const { t } = useTranslation()
  // 60 minutes stay minutes for whoever chose them.
  const [chosen, setChosen] = useState<keyof typeof UNIT_S>()
  const unit = unitOf(delay) === 'hours' ? (chosen ?? 'hours') : 'minutes'
  const label = t('create.retry.before', { attempt })
  return (
    <Group gap="sm">
      <Text fz="sm" w={{ base: '100%', xs: 150 }}>
        {label}
      </Text>
      <NumberInput
        aria-label={label}
        w={100}
        min={1}
        max={DELAY_S_MAX / UNIT_S[unit]}
        allowDecimal={false}
        error={isWrong}
        value={delay / UNIT_S[unit]}
        onChange={value => typeof value === 'number' && value > 0 && onChange(value * UNIT_S[unit])}
      />
      <Select
        aria-label={t('create.retry.unitOf', { attempt })}
        w={130}
        data={(['minutes', 'hours'] as const).map(value => ({ value, label: t(`create.retry.${value}`) }))}
        value={unit}
        onChange={next => {
          setChosen(next === 'hours' ? 'hours' : 'minutes')
          if (next === 'hours') onChange(Math.ceil(delay / UNIT_S.hours) * UNIT_S.hours)
        }}
      />
    </Group>
  )
}

function Conditions({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  const { retry, answering_machine } = campaign
  return (
    <Input.Wrapper
      label={t('create.retry.conditions')}
      description={t('create.retry.conditionsHint')}
      error={problemOf('retry.on')}
      labelElement="div"
    >
      <Stack gap={10} mt={8}>
        {CONDITIONS.map(condition => {
          const isDeaf = condition === 'voicemail' && answering_machine === 'off'
          return (
            <Checkbox
              key={condition}
              label={t(`create.retry.on.${condition}`)}
              description={isDeaf ? t('create.retry.voicemailHint') : undefined}
              disabled={isDeaf}
              checked={retry.on.includes(condition)}
              onChange={event =>
                change({ retry: withCondition(retry, condition, event.currentTarget.checked) })
              }
            />
          )
        })}
      </Stack>
    </Input.Wrapper>
  )
}
