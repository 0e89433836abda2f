/** What can be done with a campaign that waits for its time: begin now, or give up the schedule. Each asks first. */
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCalendarOff, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { can } from '@/shared/can'
import { StartEarly, Unschedule } from '@/shared/schedule-moves'

type Props = { campaign: Schemas['Campaign']; allowed: boolean }

export function ScheduleActions({ campaign, allowed }: Props) {
  const { t } = useTranslation()
  const [starting, start] = useDisclosure(false)
  const [ending, end] = useDisclosure(false)
  const isScheduled = campaign.status === 'scheduled'
  return (
    <>
      {isScheduled && can('launch', campaign.status) && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          disabled={!allowed}
          onClick={start.open}
        >
          {t('campaign.move.start')}
        </Button>
      )}
      {can('unschedule', campaign.status) && (
        <Button
          variant="default"
          leftSection={<IconCalendarOff size={16} />}
          disabled={!allowed}
          onClick={end.open}
        >
          {t('campaign.move.unschedule')}
        </Button>
      )}
      <StartEarly campaign={campaign} opened={starting} onClose={start.close} />
      <Unschedule campaign={campaign} opened={ending} onClose={end.close} />
    </>
  )
}
