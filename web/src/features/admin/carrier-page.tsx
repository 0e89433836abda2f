/** The carrier: whose account places the calls, which numbers it shows, and whether all of it works. */
import { SimpleGrid, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { CopyLine } from '@/shared/copy-line'
import { Page } from '@/shared/page'
import { Panel } from '@/shared/panel'
import { ErrorState, Loading } from '@/shared/states'
import { CarrierCheck } from './carrier-check'
import { type Carrier, WEBHOOKS, webhookAddress } from './carrier-draft'
import { CarrierForm } from './carrier-form'
import { useCarrier } from './queries'

export default function CarrierPage() {
  const { t } = useTranslation()
  const me = useMe()
  const { data, error, refetch } = useCarrier()
  return (
    <Page title={t('admin.carrier.title')}>
      {error && !data ? (
        <ErrorState error={error} onAgain={() => void refetch()} />
      ) : !data ? (
        <Loading height={480} />
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Panel title={t('admin.carrier.account')}>
            {me.simulated_carrier && (
              <Text fz="sm" c="dimmed" mb="sm">
                {t('admin.carrier.simulated')}
              </Text>
            )}
            <CarrierForm carrier={data} />
          </Panel>
          <Stack gap="md">
            <CarrierCheck isEntered={data.version > 0} />
            <Webhooks carrier={data} />
          </Stack>
        </SimpleGrid>
      )}
    </Page>
  )
}

function Webhooks({ carrier }: { carrier: Carrier }) {
  const { t } = useTranslation()
  const base = carrier.public_url_in_force ?? window.location.origin
  return (
    <Panel title={t('admin.carrier.webhooks')}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('admin.carrier.webhooksHint')}
        </Text>
        <PublicAddress carrier={carrier} />
        {(['initiate', 'status', 'recording'] as const).map(name => (
          <div key={name}>
            <Text fz="sm" fw={600}>
              {t(`admin.carrier.webhook.${name}`)}
            </Text>
            <CopyLine
              text={webhookAddress(base, WEBHOOKS[name])}
              label={t(`admin.carrier.webhook.${name}`)}
            />
          </div>
        ))}
      </Stack>
    </Panel>
  )
}

/** Where the carrier reaches this server now, and where that was set. */
function PublicAddress({ carrier }: { carrier: Carrier }) {
  const { t } = useTranslation()
  const address = carrier.public_url_in_force
  if (!address) {
    return (
      <Text fz="sm" c="var(--status-paused)" fw={600}>
        {t('admin.carrier.noAddress')}
      </Text>
    )
  }
  const from = carrier.public_url_from === 'configuration' ? 'configuration' : 'carrier'
  return (
    <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
      {t(`admin.carrier.addressFrom.${from}`, { address })}
    </Text>
  )
}
