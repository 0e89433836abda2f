import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function HealthPage() {
  const { t } = useTranslation()
  return <Page title={t('admin.title')}>{null}</Page>
}
