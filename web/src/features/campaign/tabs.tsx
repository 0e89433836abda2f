/** The parts below the answer, one at a time; which one is in the address. */
import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { AttemptsTab } from './attempts-tab'
import classes from './campaign.module.css'
import { LogTab } from './log-tab'
import { RecipientsTab } from './recipients-tab'
import { RunsTab } from './runs-tab'
import { TABS, type Tab, useCampaignSearch } from './search'
import { SettingsTab } from './settings-tab'

type Props = { campaign: Schemas['Campaign']; progress: Schemas['Progress'] | undefined }

export function CampaignTabs({ campaign, progress }: Props) {
  const { t } = useTranslation()
  const [{ tab }, change] = useCampaignSearch()
  function turn(to: string | null) {
    const next = TABS.find(known => known === to)
    // Each part has its own filters.
    if (next) change({ tab: next, state: undefined, outcome: undefined, q: undefined }, { keep: true })
  }
  return (
    <Tabs value={tab} onChange={turn} keepMounted={false} activateTabWithKeyboard={false}>
      <Tabs.List aria-label={t('campaign.tabs')} mb="md" className={classes.tabs}>
        {TABS.map(name => (
          <Tabs.Tab key={name} value={name}>
            {t(`campaign.tab.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab} mih={360}>
        <Part tab={tab} campaign={campaign} progress={progress} />
      </Tabs.Panel>
    </Tabs>
  )
}

function Part({ tab, campaign, progress }: Props & { tab: Tab }) {
  switch (tab) {
    case 'recipients':
      return <RecipientsTab campaign={campaign} progress={progress} />
    case 'attempts':
      return <AttemptsTab id={campaign.id} progress={progress} />
    case 'runs':
      return <RunsTab id={campaign.id} />
    case 'settings':
      return <SettingsTab campaign={campaign} />
    case 'log':
      return <LogTab id={campaign.id} />
  }
}
