/** Campaign settings: limits that all campaigns share, and what new ones begin with. Managers read them. */
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { Page } from '@/shared/page'
import { ErrorState, Loading } from '@/shared/states'
import { useSettings } from './queries'
import { SettingsForm } from './settings-form'
import { SettingsRead } from './settings-read'

export default function SettingsPage() {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_settings')
  const { data, error, refetch } = useSettings()
  return (
    <Page title={t('admin.settings.title')}>
      {error && !data ? (
        <ErrorState error={error} onAgain={() => void refetch()} />
      ) : !data ? (
        <Loading height={480} />
      ) : mayEdit ? (
        <SettingsForm settings={data} />
      ) : (
        <SettingsRead settings={data} />
      )}
    </Page>
  )
}
