/** What stands where a page can't be shown. */
import { Text } from '@mantine/core'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'
import { ErrorState } from '@/shared/states'

export function PageError({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onAgain={reset} />
}

/** An address that leads nowhere. */
export function PageMissing() {
  const { t } = useTranslation()
  return (
    <Page title={t('shared.state.nowhereTitle')}>
      <Text c="dimmed" mb="md">
        {t('shared.state.nowhere')}
      </Text>
      <Link to="/campaigns">{t('shell.keys.campaigns')}</Link>
    </Page>
  )
}
