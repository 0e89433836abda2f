/** No list was brought yet: what lists are for, and how one is brought. */
import { IconFileImport } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/shared/states'

export function ImportsBeginning({ action }: { action: ReactNode }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconFileImport size={32} stroke={1.4} aria-hidden />}
      title={t('contacts.imports.emptyTitle')}
      text={t('contacts.imports.empty')}
      action={action}
    />
  )
}
