/** What the call does around the message: numbers, ringing, machines, the way out, and afterwards. */
import { NumberInput, Radio, Select, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '@/shared/panel'
import classes from './call-step.module.css'
import { CallerNumbers } from './caller-numbers'
import type { Campaign } from './draft'
import { useSettings } from './queries'
import type { Editing } from './use-draft'

const KEYS = [...'1234567890*#']
const MACHINES = ['off', 'hang_up', 'leave_message'] as const satisfies Campaign['answering_machine'][]

export function CallOptions({ editing }: { editing: Editing }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('create.options.title')}>
      <div className={classes.options}>
        <CallerNumbers editing={editing} />
        <RingTimeout editing={editing} />
        <Machines editing={editing} />
        <OptOut editing={editing} />
        <AfterMessage />
        <Limits editing={editing} />
      </div>
    </Panel>
  )
}

function RingTimeout({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  return (
    <NumberInput
      label={t('create.options.ring')}
      description={t('create.options.ringHint')}
      suffix={t('create.options.secondsSuffix')}
      allowDecimal={false}
      min={5}
      max={60}
      value={campaign.ring_timeout_s}
      onChange={value => typeof value === 'number' && change({ ring_timeout_s: value })}
      error={problemOf('ring_timeout_s')}
    />
  )
}

function Machines({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  function choose(value: string) {
    const answering_machine = MACHINES.find(it => it === value) ?? 'off'
    const { retry } = campaign
    // Without detection no call is known to have met a machine, so none can be tried again for it.
    const loses = answering_machine === 'off' && retry.on.includes('voicemail')
    const on = retry.on.filter(it => it !== 'voicemail')
    change(loses ? { answering_machine, retry: { ...retry, on } } : { answering_machine })
  }
  return (
    <Radio.Group
      label={t('create.options.machine')}
      value={campaign.answering_machine}
      onChange={choose}
      error={problemOf('answering_machine')}
    >
      {MACHINES.map(value => (
        <Radio
          key={value}
          value={value}
          mt={8}
          label={t(`create.options.machines.${value}`)}
          description={value === 'off' ? t('create.options.machineOffHint') : undefined}
        />
      ))}
    </Radio.Group>
  )
}

function OptOut({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  const { opt_out } = campaign
  return (
    <div>
      <Switch
        label={t('create.options.optOut')}
        description={t('create.options.optOutHint')}
        checked={opt_out.enabled}
        onChange={event => change({ opt_out: { ...opt_out, enabled: event.currentTarget.checked } })}
      />
      <Select
        mt="sm"
        w={120}
        label={t('create.options.key')}
        disabled={!opt_out.enabled}
        data={KEYS}
        value={opt_out.digit}
        onChange={digit => digit && change({ opt_out: { ...opt_out, digit } })}
        error={problemOf('opt_out')}
      />
    </div>
  )
}

/** Agents are not there yet: shown, so that nobody looks for them elsewhere. */
function AfterMessage() {
  const { t } = useTranslation()
  return (
    <Radio.Group label={t('create.options.after')} value="hangup" readOnly>
      <Radio
        value="hangup"
        mt={8}
        label={t('create.options.hangup')}
        description={t('create.options.hangupHint')}
      />
      <Radio
        value="agents"
        mt={8}
        disabled
        label={t('create.options.agents')}
        description={t('create.notYet')}
      />
    </Radio.Group>
  )
}

function Limits({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  const { data: settings } = useSettings()
  const { limits } = campaign
  return (
    <div>
      <NumberInput
        label={t('create.options.concurrent')}
        description={t('create.options.concurrentHint')}
        placeholder={settings && t('create.options.asOrganization', { n: settings.max_concurrent_calls })}
        allowDecimal={false}
        min={1}
        max={10_000}
        value={limits.max_concurrent_calls ?? ''}
        onChange={value =>
          change({ limits: { ...limits, max_concurrent_calls: typeof value === 'number' ? value : null } })
        }
        error={problemOf('limits.max_concurrent_calls')}
      />
      <NumberInput
        mt="sm"
        label={t('create.options.perSecond')}
        placeholder={settings && t('create.options.asOrganization', { n: settings.calls_per_second })}
        min={0.1}
        max={1_000}
        decimalScale={1}
        value={limits.calls_per_second ?? ''}
        onChange={value =>
          change({ limits: { ...limits, calls_per_second: typeof value === 'number' ? value : null } })
        }
        error={problemOf('limits.calls_per_second')}
      />
      <Text fz="sm" c="dimmed" mt={4}>
        {t('create.options.limitsHint')}
      </Text>
    </div>
  )
}
