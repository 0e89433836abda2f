/** What a key press did to the do-not-call list, or why it did nothing. */
import { Alert, Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as format from '@/shared/format'
import type { Heard } from './use-handset'

const NOT_RECORDED = 'not recorded: '

export function OptOutResult({ heard }: { heard: Heard | undefined }) {
  const { t } = useTranslation()
  const result = heard?.opt_out
  if (!heard || !result) return null
  const phone = format.phone(heard.to)
  if (result.startsWith(NOT_RECORDED)) {
    return (
      <Alert color="yellow" role="status" title={t('handset.optOut.notRecorded', { phone })}>
        {result.slice(NOT_RECORDED.length)}
      </Alert>
    )
  }
  return (
    <Alert color="indigo" role="status" title={t('handset.optOut.recorded', { phone })}>
      <Text>{t('handset.optOut.consequence')}</Text>
      <Anchor component={Link} to="/do-not-call">
        {t('handset.optOut.list')}
      </Anchor>
    </Alert>
  )
}
