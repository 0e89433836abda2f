import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function DoNotCallPage() {
  const { t } = useTranslation()
  return <Page title={t('doNotCall.title')}>{null}</Page>
}
