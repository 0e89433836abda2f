import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function CampaignsPage() {
  const { t } = useTranslation()
  return <Page title={t('campaigns.title')}>{null}</Page>
}
