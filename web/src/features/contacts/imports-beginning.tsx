/** No list was brought yet: what lists are for, and where one brings them. */
import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/shared/states'

export function ImportsBeginning() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconFileImport size={32} stroke={1.4} aria-hidden />}
      title={t('contacts.imports.emptyTitle')}
      text={t('contacts.imports.empty')}
      action={
        <Button renderRoot={props => <Link to="/campaigns/new" {...props} />}>
          {t('contacts.imports.emptyAction')}
        </Button>
      }
    />
  )
}
