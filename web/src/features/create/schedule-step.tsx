/** Step 5: when it begins, and in which hours people are called. */
import { Group, Input, Select, Stack, Switch, Text, TextInput, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '@/app/session'
import { daysOf } from '@/shared/best-hours'
import { Panel } from '@/shared/panel'
import { timeZones } from '@/shared/places'
import { Begin } from './begin'
import { DaysInput } from './days-input'
import type { Campaign } from './draft'
import { useSettings } from './queries'
import { SuggestedHours } from './suggested-hours'
import type { Editing } from './use-draft'
import { UselessAfter } from './useless-after'

export function ScheduleStep({ editing }: { editing: Editing }) {
  return (
    <Stack gap="md">
      <Begin editing={editing} />
      <RecipientHours editing={editing} />
      <CampaignHours editing={editing} />
      <UselessAfter editing={editing} />
    </Stack>
  )
}

type TimesProps = {
  start: string
  end: string
  onChange: (times: { start?: string; end?: string }) => void
  disabled?: boolean
  errors: { start?: string; end?: string }
}

function Times({ start, end, onChange, disabled, errors }: TimesProps) {
  const { t } = useTranslation()
  // An emptied field says nothing yet; the time stays until there is another.
  const time = (name: 'start' | 'end', value: string) => ({
    type: 'time',
    label: t(`create.schedule.${name}`),
    w: 140,
    disabled,
    value,
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      event.currentTarget.value && onChange({ [name]: event.currentTarget.value.slice(0, 5) }),
  })
  return (
    <Group gap="sm" align="start" mt="sm">
      <TextInput {...time('start', start)} />
      <TextInput {...time('end', end)} />
    </Group>
  )
}

/** Anybody may tighten them; switching them off, or wider ones, are an administrator's. */
function RecipientHours({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  const { data: settings } = useSettings()
  const mayRelax = useMay('relax_recipient_hours')
  const hours = campaign.recipient_hours
  const rule = settings?.recipient_hours
  const toggle = (
    <Switch
      w="fit-content"
      label={t('create.schedule.keepHours')}
      checked={hours.enabled}
      disabled={!mayRelax && hours.enabled}
      onChange={event => change({ recipient_hours: { ...hours, enabled: event.currentTarget.checked } })}
    />
  )
  return (
    <Panel title={t('create.schedule.recipientHours')}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('create.schedule.recipientHoursHint')}
        {rule?.enabled && ` ${t('create.schedule.rule', { start: rule.start, end: rule.end })}`}
      </Text>
      {mayRelax ? (
        toggle
      ) : (
        <Tooltip label={t('create.schedule.adminOnly')}>
          {/* A disabled switch takes no hover; the reason is said around it. */}
          <div>{toggle}</div>
        </Tooltip>
      )}
      {!mayRelax && (
        <Text fz="sm" c="dimmed" mt={4}>
          {t('create.schedule.adminOnly')}
        </Text>
      )}
      {!hours.enabled && (
        <Text fz="sm" c="var(--status-paused)" fw={600} mt={4}>
          {t('create.schedule.off')}
        </Text>
      )}
      <Times
        start={hours.start}
        end={hours.end}
        disabled={!hours.enabled}
        onChange={times => change({ recipient_hours: { ...hours, ...times } })}
        errors={{ start: problemOf('recipient_hours.start'), end: problemOf('recipient_hours.end') }}
      />
      <Input.Error mt={4}>
        {wholeProblem(problemOf('recipient_hours'), problemOf, 'recipient_hours')}
      </Input.Error>
    </Panel>
  )
}

/** What is said of the hours as a whole, and not of their start or end. */
function wholeProblem(
  said: string | undefined,
  problemOf: Editing['problemOf'],
  member: 'recipient_hours' | 'calling_hours',
): string | undefined {
  const parts = ['start', 'end', 'days', 'timezone'].map(part => problemOf(`${member}.${part}`))
  return parts.includes(said) ? undefined : said
}

const WORKDAYS: NonNullable<Campaign['calling_hours']>['days'] = ['mon', 'tue', 'wed', 'thu', 'fri']

function CampaignHours({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  const { timezone } = useMe().organization
  const hours = campaign.calling_hours
  function toggle(isOn: boolean) {
    change({ calling_hours: isOn ? { timezone, days: WORKDAYS, start: '09:00', end: '17:00' } : null })
  }
  return (
    <Panel title={t('create.schedule.campaignHours')}>
      <Switch
        w="fit-content"
        label={t('create.schedule.limitHours')}
        description={t('create.schedule.limitHoursHint')}
        checked={!!hours}
        onChange={event => toggle(event.currentTarget.checked)}
      />
      {hours && (
        <Stack gap="sm" mt="sm">
          <DaysInput
            days={hours.days}
            onChange={days => change({ calling_hours: { ...hours, days } })}
            error={problemOf('calling_hours.days')}
          />
          <Times
            start={hours.start}
            end={hours.end}
            onChange={times => change({ calling_hours: { ...hours, ...times } })}
            errors={{ start: problemOf('calling_hours.start'), end: problemOf('calling_hours.end') }}
          />
          <Select
            label={t('create.schedule.zone')}
            w={300}
            searchable
            data={timeZones()}
            value={hours.timezone}
            onChange={zone => zone && change({ calling_hours: { ...hours, timezone: zone } })}
            error={problemOf('calling_hours.timezone')}
          />
          <Input.Error>{wholeProblem(problemOf('calling_hours'), problemOf, 'calling_hours')}</Input.Error>
          <SuggestedHours
            onUse={({ days, start, end }) =>
              change({ calling_hours: { ...hours, days: daysOf(days), start, end } })
            }
          />
        </Stack>
      )}
    </Panel>
  )
}
