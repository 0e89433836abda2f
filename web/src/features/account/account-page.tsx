import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function AccountPage() {
  const { t } = useTranslation()
  return <Page title={t('account.title')}>{null}</Page>
}
