/** Campaign settings for those who may not change them, in words. */
import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { Fact, Facts } from '@/shared/facts'
import { count, span } from '@/shared/format'
import { countries } from '@/shared/places'
import type { Settings } from './settings-draft'

export function SettingsRead({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const names = new Map(countries().map(({ value, label }) => [value, label]))
  const country = (code: string) => names.get(code) ?? code
  const hours = settings.recipient_hours
  return (
    <Stack gap="lg" maw={760}>
      <Text c="dimmed">{t('admin.settings.readOnly')}</Text>
      <Facts title={t('admin.settings.limits')}>
        <Fact name={t('admin.settings.max_concurrent_campaigns')}>
          {count(settings.max_concurrent_campaigns, locale())}
        </Fact>
        <Fact name={t('admin.settings.max_concurrent_calls')}>
          {count(settings.max_concurrent_calls, locale())}
        </Fact>
        <Fact name={t('admin.settings.calls_per_second')}>{count(settings.calls_per_second, locale())}</Fact>
      </Facts>
      <Facts title={t('admin.settings.defaults')}>
        <Fact name={t('admin.settings.default_max_attempts')}>{settings.default_max_attempts}</Fact>
        <Fact name={t('admin.settings.default_retry_delay_s')}>
          {span(settings.default_retry_delay_s, locale())}
        </Fact>
        <Fact name={t('admin.settings.ring_timeout_s')}>{span(settings.ring_timeout_s, locale())}</Fact>
      </Facts>
      <Facts title={t('admin.settings.protection')}>
        <Fact name={t('admin.settings.recipient_hours')}>
          {hours.enabled
            ? t('admin.settings.hoursOn', { start: hours.start, end: hours.end })
            : t('admin.settings.hoursOff')}
        </Fact>
        <Fact name={t('admin.settings.attempts_per_number_per_day')}>
          {settings.attempts_per_number_per_day ?? t('admin.settings.noCap')}
        </Fact>
      </Facts>
      <Facts title={t('admin.settings.place')}>
        <Fact name={t('admin.settings.timezone')}>{settings.timezone}</Fact>
        <Fact name={t('admin.settings.default_country')}>{country(settings.default_country)}</Fact>
        <Fact name={t('admin.settings.allowed_countries')}>
          {settings.allowed_countries.map(country).join(', ')}
        </Fact>
      </Facts>
    </Stack>
  )
}
