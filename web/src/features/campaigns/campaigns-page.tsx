/** All campaigns: what runs, and what needs me? */
import { ActionIcon, Badge, Button, Group, Tabs, Tooltip } from '@mantine/core'
import { IconPlus, IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { locale } from '@/i18n'
import { useDepartmentName } from '@/shared/departments'
import { count } from '@/shared/format'
import { Freshness } from '@/shared/freshness'
import lists from '@/shared/list.module.css'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { SearchField } from '@/shared/search-field'
import { CampaignRow } from './campaign-row'
import classes from './campaigns.module.css'
import { tabCounts } from './live-list'
import { NoCampaigns } from './no-campaigns'
import { TABS, type Tab, useListSearch } from './search'
import { useCampaigns, useCounts, useLiveCampaigns } from './use-campaigns'

export default function CampaignsPage() {
  const { t } = useTranslation()
  const [search, change] = useListSearch()
  const list = useCampaigns(search)
  const counts = useCounts()
  const departmentName = useDepartmentName()
  const mayEdit = useMay('edit_campaigns')
  const inTabs = counts.data && tabCounts(counts.data)
  return (
    <Page
      title={t('campaigns.title')}
      actions={
        mayEdit && (
          <Button component={Link} to="/campaigns/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('campaigns.create')}
          </Button>
        )
      }
    >
      <Group justify="space-between" mb="sm" gap="xs">
        <Tabs maw="100%" value={search.tab} onChange={tab => tab && change({ tab: tab as Tab })}>
          <Tabs.List aria-label={t('campaigns.tabs')} className={classes.tabs}>
            {TABS.map(tab => (
              <Tabs.Tab
                key={tab}
                value={tab}
                rightSection={
                  <Badge variant="default" size="sm" fw={400} miw={28}>
                    {inTabs ? count(inTabs[tab], locale()) : '–'}
                  </Badge>
                }
              >
                {t(`campaigns.tab.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <SearchField value={search.q} onSearch={q => change({ q })} label={t('campaigns.search')} />
      </Group>
      <ListState
        list={list}
        narrowed={search.q !== ''}
        empty={<NoCampaigns tab={search.tab} isFirst={inTabs !== undefined && isNone(inTabs)} />}
      >
        <ul className={lists.list}>
          {list.rows.map(campaign => (
            <CampaignRow
              key={campaign.id}
              campaign={campaign}
              department={departmentName(campaign.department_id)}
            />
          ))}
        </ul>
      </ListState>
      <Foot list={list} />
    </Page>
  )
}

/** More of the list, and how old its figures are. Not before the list: it would jump as rows push it down. */
function Foot({ list }: { list: ReturnType<typeof useCampaigns> }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const live = useLiveCampaigns()
  return (
    <Group justify="space-between" mt="sm" mih={36} display={list.isPending ? 'none' : undefined}>
      {list.hasNextPage ? (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('shared.action.more')}
        </Button>
      ) : (
        <span />
      )}
      <Group gap="xs">
        <Freshness live={live} />
        {!live.connected && (
          <Tooltip label={t('shared.action.reload')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('shared.action.reload')}
              onClick={() => void queries.invalidateQueries({ queryKey: ['campaigns'] })}
            >
              <IconRefresh size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </Group>
  )
}

function isNone(counts: Record<Tab, number>): boolean {
  return TABS.every(tab => counts[tab] === 0)
}
