/** When a campaign begins: at once, at a date and time, or again and again. */
import { Input, NumberInput, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { Panel } from '@/shared/panel'
import { timeZones } from '@/shared/places'
import { isPast, onWire, readSchedule } from '@/shared/schedule'
import { NextRuns } from './next-runs'
import { Recurrence } from './recurrence'
import classes from './schedule.module.css'
import { formOf, type ScheduleForm, scheduleOf, untouched } from './schedule-form'
import type { Editing } from './use-draft'

export type FormProps = {
  form: ScheduleForm
  set: (part: Partial<ScheduleForm>) => void
  problemOf: Editing['problemOf']
}

const KINDS = ['manual', 'once', 'recurring'] as const

export function Begin({ editing }: { editing: Editing }) {
  const { t } = useTranslation()
  const { timezone } = useMe().organization
  const { campaign, change, problemOf } = editing
  const isInForce = campaign.status === 'scheduled'
  const schedule = readSchedule(campaign.schedule)
  const [kept, setKept] = useState(() => untouched(Date.now(), timezone))
  const form = formOf(schedule, kept)
  function set(part: Partial<ScheduleForm>) {
    const next = { ...form, ...part }
    setKept(next)
    change({ schedule: onWire(scheduleOf(next)) })
  }
  const isOver = campaign.status === 'draft' && isPast(schedule, Date.now())
  return (
    <Panel title={t('create.schedule.begin')}>
      {isInForce && <Text mb="sm">{t('create.begin.inForce')}</Text>}
      <Kinds form={form} set={set} isInForce={isInForce} />
      <Input.Error mt={4}>{wholeProblem(editing)}</Input.Error>
      {form.kind !== 'manual' && (
        <div className={classes.form}>
          <Moment form={form} set={set} problemOf={problemOf} isOver={isOver} />
          {form.kind === 'recurring' && (
            <Recurrence form={form} set={set} problemOf={problemOf} source={campaign.list_source} />
          )}
          <Advanced form={form} set={set} problemOf={problemOf} />
          <NextRuns editing={editing} />
        </div>
      )}
    </Panel>
  )
}

/** What is said of the schedule as a whole. */
function wholeProblem({ problemOf, draft }: Editing): string | undefined {
  const whole = draft.problems.find(it => it.field === 'schedule')?.message
  return whole ?? problemOf('schedule.kind')
}

function Kinds({ form, set, isInForce }: Omit<FormProps, 'problemOf'> & { isInForce: boolean }) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      value={form.kind}
      onChange={kind => set({ kind: KINDS.find(it => it === kind) ?? 'manual' })}
      aria-label={t('create.schedule.begin')}
    >
      <Stack gap={10}>
        <Radio
          value="manual"
          disabled={isInForce}
          label={t('create.schedule.now')}
          description={t(isInForce ? 'create.begin.nowOff' : 'create.schedule.nowHint')}
        />
        <Radio value="once" label={t('create.schedule.once')} description={t('create.begin.onceHint')} />
        <Radio
          value="recurring"
          label={t('create.schedule.recurring')}
          description={t('create.begin.recurringHint')}
        />
      </Stack>
    </Radio.Group>
  )
}

function Moment({ form, set, problemOf, isOver }: FormProps & { isOver: boolean }) {
  const { t } = useTranslation()
  const isRecurring = form.kind === 'recurring'
  const typed = (name: 'date' | 'time') => ({
    type: name,
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value.slice(0, name === 'time' ? 5 : 10) }),
  })
  return (
    <div className={classes.line}>
      <TextInput
        {...typed('date')}
        w={170}
        label={t(isRecurring ? 'create.begin.firstDate' : 'create.begin.date')}
        description={isRecurring ? t('create.begin.firstDateHint') : undefined}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        error={problemOf('schedule.at') ?? (isOver ? t('create.begin.past') : undefined)}
      />
      <TextInput {...typed('time')} w={130} label={t('create.begin.time')} />
      <Select
        w={280}
        label={t('create.begin.zone')}
        description={t('create.begin.zoneHint')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        searchable
        data={timeZones()}
        value={form.timezone}
        onChange={zone => zone && set({ timezone: zone })}
        error={problemOf('schedule.timezone')}
      />
    </div>
  )
}

function Advanced({ form, set, problemOf }: FormProps) {
  const { t } = useTranslation()
  const problem = problemOf('schedule.grace_s')
  return (
    <details className={classes.advanced} open={problem !== undefined || undefined}>
      <summary>{t('create.begin.advanced')}</summary>
      <NumberInput
        mt="xs"
        w={200}
        label={t('create.begin.grace')}
        suffix={t('create.begin.graceSuffix', { count: form.graceMinutes })}
        allowDecimal={false}
        min={0}
        max={1_440}
        value={form.graceMinutes}
        onChange={value => typeof value === 'number' && set({ graceMinutes: value })}
        error={problem}
      />
      <Text fz="sm" c="dimmed" mt={4}>
        {t('create.begin.graceHint')}
      </Text>
    </details>
  )
}
