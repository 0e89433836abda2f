/** Try it as the person called: the very call flow that a recipient gets, with no phone and no carrier. */
import { Anchor, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { useMe } from '@/app/session'
import { Page } from '@/shared/page'
import { ErrorState, Loading } from '@/shared/states'
import classes from './handset.module.css'
import { TestCallPanel } from './test-call-panel'
import { TryPanel } from './try-panel'

export default function HandsetPage() {
  const { t } = useTranslation()
  const { campaignId: id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQuery({
    queryKey: ['campaign', id],
    queryFn: () => body(client.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })),
  })
  return (
    <Page title={t('handset.title')}>
      {data ? (
        <Shown campaign={data} />
      ) : error ? (
        <ErrorState error={error} onAgain={() => void refetch()} />
      ) : (
        <Loading height={560} />
      )}
    </Page>
  )
}

function Shown({ campaign }: { campaign: Schemas['Campaign'] }) {
  const { t } = useTranslation()
  const { simulated_carrier } = useMe()
  const isDraft = campaign.status === 'draft'
  return (
    <Stack gap="lg">
      <div>
        <Anchor
          component={Link}
          to={isDraft ? `/campaigns/${campaign.id}/edit` : `/campaigns/${campaign.id}`}
          className={classes.name}
        >
          {campaign.name}
        </Anchor>
        <Text c="dimmed" maw={680}>
          {t('handset.lead')}
        </Text>
      </div>
      <TryPanel campaign={campaign} />
      <TestCallPanel id={campaign.id} isSimulated={simulated_carrier} />
    </Stack>
  )
}
