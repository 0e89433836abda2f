import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function CampaignPage() {
  const { t } = useTranslation()
  return <Page title={t('campaign.title')}>{null}</Page>
}
