/** The four parts of the campaign settings: limits, defaults, protection, place. Names and defaults are the guide's. */
import {
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { locale } from '@/i18n'
import type { useFields } from '@/shared/fields'
import { span } from '@/shared/format'
import { Panel } from '@/shared/panel'
import { countries, timeZones } from '@/shared/places'
import { MINUTE_S, NUMBERS, type NumberName, type SettingsDraft } from './settings-draft'

type Props = { fields: ReturnType<typeof useFields<SettingsDraft>>; error: unknown }

function Columns({ children }: { children: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      {children}
    </SimpleGrid>
  )
}

function NumberField({ fields, name, suffix }: Props & { name: NumberName; suffix?: string }) {
  const { t } = useTranslation()
  const { least, most, standard } = NUMBERS[name]
  return (
    <NumberInput
      label={t(`admin.settings.${name}`)}
      description={t(`admin.settings.hint.${name}`, { standard })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      required
      min={least}
      max={most}
      allowDecimal={least < 1}
      clampBehavior="none"
      suffix={suffix}
      {...fields.value(name)}
    />
  )
}

export function LimitsPart(props: Props) {
  const { t } = useTranslation()
  return (
    <Panel title={t('admin.settings.limits')}>
      <Columns>
        <NumberField {...props} name="max_concurrent_campaigns" />
        <NumberField {...props} name="max_concurrent_calls" />
        <NumberField {...props} name="calls_per_second" />
      </Columns>
    </Panel>
  )
}

export function DefaultsPart({ least, ...props }: Props & { least: number }) {
  const { t } = useTranslation()
  const { fields, error } = props
  const problem = error instanceof Problem ? error.of('default_retry_delay_s') : undefined
  return (
    <Panel title={t('admin.settings.defaults')}>
      <Columns>
        <NumberField {...props} name="default_max_attempts" />
        <NumberInput
          label={t('admin.settings.default_retry_delay_s')}
          description={t('admin.settings.hint.default_retry_delay_s', { least: span(least, locale()) })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          min={least / MINUTE_S}
          clampBehavior="none"
          suffix={t('admin.settings.minutes')}
          {...fields.value('retry_delay_min')}
          error={problem && t('admin.settings.inSeconds', { problem })}
        />
        <NumberField {...props} name="ring_timeout_s" suffix={t('admin.settings.seconds')} />
      </Columns>
    </Panel>
  )
}

export function ProtectionPart({ fields, error }: Props) {
  const { t } = useTranslation()
  const problem = error instanceof Problem ? error : undefined
  const { hours_enabled: isOn, is_capped: isCapped } = fields.values
  return (
    <Panel title={t('admin.settings.protection')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Stack gap="xs">
          <Switch
            label={t('admin.settings.recipient_hours')}
            description={t('admin.settings.hint.recipient_hours')}
            checked={isOn}
            onChange={event => fields.set('hours_enabled', event.currentTarget.checked)}
          />
          <Group gap="sm" align="flex-start">
            <TextInput
              type="time"
              label={t('admin.settings.from')}
              disabled={!isOn}
              required={isOn}
              {...fields.text('hours_start')}
              error={problem?.of('recipient_hours.start')}
            />
            <TextInput
              type="time"
              label={t('admin.settings.to')}
              disabled={!isOn}
              required={isOn}
              {...fields.text('hours_end')}
              error={problem?.of('recipient_hours.end')}
            />
          </Group>
          {!isOn && (
            <Text fz="sm" c="var(--status-paused)" role="status">
              {t('admin.settings.hoursOffWarning')}
            </Text>
          )}
        </Stack>
        <Stack gap="xs">
          <Switch
            label={t('admin.settings.capped')}
            description={t('admin.settings.hint.attempts_per_number_per_day')}
            checked={isCapped}
            onChange={event => fields.set('is_capped', event.currentTarget.checked)}
          />
          <NumberInput
            label={t('admin.settings.attempts_per_number_per_day')}
            disabled={!isCapped}
            required={isCapped}
            min={1}
            max={100}
            allowDecimal={false}
            clampBehavior="none"
            maw={240}
            {...fields.value('attempts_per_number_per_day')}
          />
        </Stack>
      </SimpleGrid>
    </Panel>
  )
}

export function PlacePart({ fields }: Props) {
  const { t } = useTranslation()
  const places = useMemo(countries, [])
  return (
    <Panel title={t('admin.settings.place')}>
      <Columns>
        <Select
          label={t('admin.settings.timezone')}
          description={t('admin.settings.hint.timezone')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          searchable
          required
          data={timeZones()}
          {...fields.value('timezone')}
          onChange={zone => zone && fields.set('timezone', zone)}
        />
        <Select
          label={t('admin.settings.default_country')}
          description={t('admin.settings.hint.default_country')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          searchable
          required
          data={places}
          {...fields.value('default_country')}
          onChange={code => code && fields.set('default_country', code)}
        />
        <MultiSelect
          label={t('admin.settings.allowed_countries')}
          description={t('admin.settings.hint.allowed_countries')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          searchable
          data={places}
          {...fields.value('allowed_countries')}
        />
      </Columns>
    </Panel>
  )
}
