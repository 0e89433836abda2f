/** Contacts as a file: what the filters show, or everybody. */
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { type ContactFilter, isNarrowed, NO_FILTER } from '@/shared/contact-filter/filter'
import { EXPORTS, type ExportKind, exportAddress } from './search'

const KINDS = Object.keys(EXPORTS) as ExportKind[]

export function ExportMenu({ filter }: { filter: ContactFilter }) {
  const { t } = useTranslation()
  if (!useMay('export_contacts')) return null
  const narrowed = isNarrowed(filter)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('contacts.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {narrowed && <Menu.Label>{t('contacts.exportWhat.shown')}</Menu.Label>}
        {narrowed && files(filter)}
        {narrowed && <Menu.Divider />}
        <Menu.Label>{t('contacts.exportWhat.all')}</Menu.Label>
        {files(NO_FILTER)}
      </Menu.Dropdown>
    </Menu>
  )

  function files(of: ContactFilter) {
    return KINDS.map(kind => (
      <Menu.Item key={kind} component="a" href={exportAddress(kind, of)} download>
        {t(`contacts.exportAs.${kind}`)}
      </Menu.Item>
    ))
  }
}
