/** Export Results: the guide's words; the files stream from the server. */
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { resultsAddress } from '@/shared/moves'
import { useCampaignSearch } from './search'

const FORMATS = ['csv', 'xlsx'] as const

export function ExportMenu({ id }: { id: string }) {
  const { t } = useTranslation()
  const [{ run }] = useCampaignSearch()
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />}>
          {t('campaign.export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('campaign.export.people')}</Menu.Label>
        {FORMATS.map(format => (
          <Menu.Item key={format} component="a" href={resultsAddress(id, format, undefined, run)} download>
            {t(`campaign.export.${format}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('campaign.export.calls')}</Menu.Label>
        {FORMATS.map(format => (
          <Menu.Item key={format} component="a" href={resultsAddress(id, format, 'attempts', run)} download>
            {t(`campaign.export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
