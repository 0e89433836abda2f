import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/page'

export default function AudioPage() {
  const { t } = useTranslation()
  return <Page title={t('audio.title')}>{null}</Page>
}
