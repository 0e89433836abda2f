/** A campaign: is it going well, and if not, why? The answer first, the evidence below. */
import { Stack } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { StatusMark } from '@/shared/marks'
import { Page } from '@/shared/page'
import { ErrorState, Loading } from '@/shared/states'
import { Actions } from './actions'
import { Answer } from './answer'
import { useCampaign, useProgress, useRunProgress, useRuns } from './data'
import { Evidence } from './evidence'
import { useCampaignLive } from './live'
import { RunAnswer } from './run-answer'
import { useCampaignSearch } from './search'
import { StatusReason } from './status-reason'
import { StoryDrawer } from './story-drawer'
import { CampaignTabs } from './tabs'

export default function CampaignPage() {
  const { t } = useTranslation()
  const { campaignId = '' } = useParams({ strict: false })
  const { data, error, refetch } = useCampaign(campaignId)
  if (data) return <Shown key={campaignId} campaign={data} />
  return (
    <Page title={t('campaign.title')}>
      {error ? <ErrorState error={error} onAgain={() => void refetch()} /> : <Loading height={480} />}
    </Page>
  )
}

function Shown({ campaign }: { campaign: Schemas['Campaign'] }) {
  const live = useCampaignLive(campaign.id)
  const { data: progress, error, refetch } = useProgress(campaign.id)
  const run = useOlderRun(campaign.id)
  const ofRun = useRunProgress(campaign.id, run)
  return (
    <Page
      title={campaign.name}
      mark={<StatusMark status={campaign.status} />}
      actions={<Actions campaign={campaign} progress={progress} />}
    >
      <Stack gap="lg">
        <StatusReason campaign={campaign} />
        {run ? (
          <RunAnswer
            campaign={campaign}
            run={run}
            progress={ofRun.data}
            error={ofRun.error}
            onAgain={() => void ofRun.refetch()}
          />
        ) : progress ? (
          <Answer campaign={campaign} progress={progress} live={live} />
        ) : error ? (
          <ErrorState error={error} onAgain={() => void refetch()} />
        ) : (
          <Loading height={168} />
        )}
        {progress && !run && <Evidence campaign={campaign} progress={progress} />}
        <CampaignTabs campaign={campaign} progress={run ? ofRun.data : progress} />
      </Stack>
      <StoryDrawer campaign={campaign} />
    </Page>
  )
}

/** The run that the address names, unless it is the newest: its figures are those of the page anyway. */
function useOlderRun(id: string): string | undefined {
  const [{ run }] = useCampaignSearch()
  const { rows } = useRuns(id)
  const newest = rows.reduce<(typeof rows)[number] | undefined>(
    (last, it) => (last && last.number > it.number ? last : it),
    undefined,
  )
  return run === newest?.id ? undefined : run
}
