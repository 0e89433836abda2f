/** When the first call may be placed, by the server's own plan. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { locale } from '@/i18n'
import { count } from '@/shared/format'
import { useNow } from '@/shared/now'
import type { Campaign } from './draft'
import { moment } from './first-call'
import type { Readiness } from './readiness'

export function FirstCall({ campaign, readiness }: { campaign: Campaign; readiness: Readiness | undefined }) {
  const { t } = useTranslation()
  const now = useNow()
  const { timezone } = useMe().organization
  if (!readiness || readiness.recipients === 0) return <Text mih={21} />
  const { earliest_call_at: at, recipients, callable_now: callable } = readiness
  const { word, ...values } = moment(at, now, campaign.calling_hours?.timezone ?? timezone, locale())
  const isPart = word === 'now' && callable !== null && callable > 0 && callable < recipients
  return (
    <Text mih={21}>
      {t(`create.first.${word}`, values)}{' '}
      {isPart &&
        t('create.first.part', {
          count: callable,
          n: count(callable, locale()),
          of: count(recipients, locale()),
        })}
    </Text>
  )
}
