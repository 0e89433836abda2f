/** What stands where a page can't be shown. */
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState } from '@/shared/states'

export function PageError({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onAgain={reset} />
}

export function PageMissing() {
  const { t } = useTranslation()
  return <EmptyState title={t('shared.state.notFoundTitle')} text={t('shared.state.notFound')} />
}
