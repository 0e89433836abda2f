/** How the pages look and speak in this browser: light or dark, and the language. */
import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { choose, isLanguage, LANGUAGES, remember } from '@/i18n'

const SCHEMES = ['light', 'dark', 'auto'] as const

type Size = 'xs' | 'sm'

export function SchemeControl({ size = 'xs', mx }: { size?: Size; mx?: string }) {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const data = SCHEMES.map(value => ({ value, label: t(`shell.${value}`) }))
  return (
    <SegmentedControl
      aria-label={t('shell.scheme')}
      mx={mx}
      size={size}
      data={data}
      value={colorScheme}
      onChange={setColorScheme}
    />
  )
}

export function LanguageControl({ size = 'xs', mx, mb }: { size?: Size; mx?: string; mb?: string }) {
  const { t } = useTranslation()
  const data = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))
  function change(value: string) {
    if (!isLanguage(value)) return
    remember(value)
    void choose(value)
  }
  return (
    <SegmentedControl
      aria-label={t('shell.language')}
      mx={mx}
      mb={mb}
      size={size}
      data={data}
      value={i18next.language}
      onChange={change}
    />
  )
}
