/** Any failure in words that a person can use. */
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'

export type Said = { title: string; text: string; worthAgain: boolean }

export function useSays() {
  const { t } = useTranslation()
  return (error: unknown): Said => {
    const title = t('shared.state.errorTitle')
    if (!(error instanceof Problem)) {
      return { title, text: error instanceof Error ? error.message : String(error), worthAgain: true }
    }
    if (error.status === 0 || error.status === 503)
      return { title, text: t('shared.state.noAnswer'), worthAgain: true }
    if (error.status === 403) {
      return {
        title: t('shared.state.noPermissionTitle'),
        text: t('shared.state.noPermission'),
        worthAgain: false,
      }
    }
    if (error.status === 404) {
      return { title: t('shared.state.notFoundTitle'), text: t('shared.state.notFound'), worthAgain: false }
    }
    const unexpected = t('shared.state.unexpected', { status: error.status })
    return { title, text: error.status >= 500 ? unexpected : error.message || unexpected, worthAgain: true }
  }
}

/** The words alone, for a line below a form or in a notice. */
export function useWords() {
  const says = useSays()
  const { t } = useTranslation()
  return (error: unknown): string => {
    if (error instanceof Problem && error.name === 'version-conflict') return t('shared.state.changedByOther')
    const said = says(error)
    return error instanceof Problem && error.status === 403 ? `${said.title}. ${said.text}` : said.text
  }
}
