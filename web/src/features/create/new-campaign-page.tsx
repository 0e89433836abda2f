import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function NewCampaignPage() {
  const { t } = useTranslation()
  return <Page title={t('create.title')}>{null}</Page>
}
