/** A draft being made: six steps, each at any time, saved as one goes. */
import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { can } from '@/shared/can'
import { StatusMark } from '@/shared/marks'
import { Page } from '@/shared/page'
import { EmptyState, ErrorState, Loading } from '@/shared/states'
import type { Campaign } from './draft'
import { Frame } from './frame'
import { useCampaign } from './queries'
import { Conflict, SavedMark } from './saved-mark'
import { useDraft } from './use-draft'

export default function EditCampaignPage() {
  const { t } = useTranslation()
  const { campaignId = '' } = useParams({ strict: false })
  const { data: campaign, error, refetch } = useCampaign(campaignId)
  if (error && !campaign) return <ErrorState error={error} onAgain={() => void refetch()} />
  if (!campaign) {
    return (
      <Page title={t('create.title')}>
        <Loading height={480} />
      </Page>
    )
  }
  if (!can('editSettings', campaign.status)) return <Started campaign={campaign} />
  return <Editor key={campaign.id} server={campaign} />
}

function Editor({ server }: { server: Campaign }) {
  const editing = useDraft(server)
  const { campaign } = editing
  return (
    <Page
      title={campaign.name || server.name}
      mark={<StatusMark status={server.status} />}
      actions={<SavedMark {...editing} />}
    >
      <Conflict {...editing} />
      <Frame editing={editing} />
    </Page>
  )
}

/** Somebody has launched it: contacts and call settings can't be changed any more. */
function Started({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  return (
    <Page title={campaign.name} mark={<StatusMark status={campaign.status} />}>
      <EmptyState
        title={t('create.started.title')}
        text={t('create.started.text')}
        action={
          <Button component={Link} to={`/campaigns/${campaign.id}`}>
            {t('create.started.open')}
          </Button>
        }
      />
    </Page>
  )
}
