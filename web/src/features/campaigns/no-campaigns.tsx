/** An empty tab: what belongs there, and how the first campaign begins. */
import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '@/app/session'
import { EmptyState } from '@/shared/states'
import type { Tab } from './search'

export function NoCampaigns({ tab, isFirst }: { tab: Tab; isFirst: boolean }) {
  const { t } = useTranslation()
  const { simulated_carrier } = useMe()
  const mayEdit = useMay('edit_campaigns')
  const create = mayEdit && tab !== 'completed' && (
    <Group justify="center">
      <Button component={Link} to="/campaigns/new" variant={isFirst ? 'filled' : 'default'}>
        {t(isFirst ? 'campaigns.empty.first' : 'campaigns.create')}
      </Button>
    </Group>
  )
  if (!isFirst) {
    return (
      <EmptyState
        title={t(`campaigns.empty.${tab}.title`)}
        text={t(`campaigns.empty.${tab}.text`)}
        action={create}
      />
    )
  }
  const text = simulated_carrier ? t('campaigns.empty.simulated') : t('campaigns.empty.real')
  return <EmptyState title={t('campaigns.empty.title')} text={text} action={create} />
}
