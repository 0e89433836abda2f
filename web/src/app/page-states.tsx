/** What stands where a page can't be shown. */
import { Container, Text } from '@mantine/core'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'
import { ErrorState } from '@/shared/states'

export function PageError({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onAgain={reset} />
}

/** An address that leads nowhere stands outside the shell: it brings its own head and the way back. */
export function PageMissing() {
  const { t } = useTranslation()
  return (
    <Container component="main" size="xs" py={80}>
      <Page title={t('shared.state.notFoundTitle')}>
        <Text c="dimmed" mb="md">
          {t('shared.state.notFound')}
        </Text>
        <Link to="/campaigns">{t('shell.keys.campaigns')}</Link>
      </Page>
    </Container>
  )
}
