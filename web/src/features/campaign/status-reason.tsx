/** Why the system paused or failed a campaign, or why a run that is due cannot begin; and the way out. */
import { Alert, Anchor, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMay } from '@/app/session'
import { scheduleEntry } from './log-schedule'

export function StatusReason({ campaign }: { campaign: Schemas['Campaign'] }) {
  const { t } = useTranslation()
  const mayMend = useMay('edit_carrier')
  const { status, status_reason: reason } = campaign
  if (!reason || (status !== 'scheduled' && status !== 'paused' && status !== 'failed')) return null
  // The title says already that a run is held.
  const { why } = scheduleEntry({ kind: 'held', message: reason }) ?? { why: undefined }
  const isCarrier = /carrier/i.test(reason)
  return (
    <Alert
      color={status === 'failed' ? 'red' : 'yellow'}
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t(`campaign.reason.${status}`)}
    >
      <Text component="p" m={0}>
        {why ?? reason}
      </Text>
      {isCarrier && mayMend && (
        <Anchor component={Link} to="/admin/carrier">
          {t('campaign.reason.carrier')}
        </Anchor>
      )}
    </Alert>
  )
}
