import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function HandsetPage() {
  const { t } = useTranslation()
  return <Page title={t('handset.title')}>{null}</Page>
}
