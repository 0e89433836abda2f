/** What can be done with a campaign that waits for its time: begin now, or give up the schedule. Each asks first. */
import { Button, Menu } from '@mantine/core'
import { IconCalendarOff, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { can, type Status } from '@/shared/can'

export type ScheduleMove = 'start' | 'unschedule'
type Props = { status: Status; allowed: boolean; onAsk: (move: ScheduleMove) => void }

/** On a phone there is no room for more buttons: there they stand in the menu. */
const ROOM_FROM = 'sm'
const MOVES = [
  ['start', IconPlayerPlay],
  ['unschedule', IconCalendarOff],
] as const

export function ScheduleActions({ status, allowed, onAsk }: Props) {
  const { t } = useTranslation()
  if (!can('unschedule', status)) return null
  return MOVES.map(([move, Icon]) => (
    <Button
      key={move}
      variant="default"
      visibleFrom={ROOM_FROM}
      leftSection={<Icon size={16} />}
      disabled={!allowed}
      onClick={() => onAsk(move)}
    >
      {t(`campaign.move.${move}`)}
    </Button>
  ))
}

export function ScheduleItems({ status, allowed, onAsk }: Props) {
  const { t } = useTranslation()
  if (!can('unschedule', status)) return null
  return MOVES.map(([move, Icon]) => (
    <Menu.Item
      key={move}
      hiddenFrom={ROOM_FROM}
      leftSection={<Icon size={16} />}
      disabled={!allowed}
      onClick={() => onAsk(move)}
    >
      {t(`campaign.move.${move}`)}
    </Menu.Item>
  ))
}
