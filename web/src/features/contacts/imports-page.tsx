import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function ImportsPage() {
  const { t } = useTranslation()
  return <Page title={t('contacts.title')}>{null}</Page>
}
