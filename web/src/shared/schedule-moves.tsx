/** What is asked before a scheduled campaign is started early or unscheduled: the consequence first. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Confirm } from './confirm'
import { move, useTold } from './moves'
import { tell } from './notice'

type Props = {
  campaign: Pick<Schemas['Campaign'], 'id' | 'name' | 'schedule' | 'started_at'>
  opened: boolean
  onClose: () => void
}

export function StartEarly({ campaign: { id, name, schedule }, opened, onClose }: Props) {
  const { t } = useTranslation()
  const told = useTold()
  async function start() {
    told(await move(id, 'start'))
    tell(t('shared.schedule.early.done', { name }))
  }
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('shared.schedule.early.title', { name })}
      verb={t('shared.schedule.early.verb')}
      danger={false}
      act={start}
      consequence={t(`shared.schedule.early.${schedule.kind === 'recurring' ? 'recurring' : 'once'}`)}
    />
  )
}

export function Unschedule({ campaign: { id, name, started_at }, opened, onClose }: Props) {
  const { t } = useTranslation()
  const told = useTold()
  async function unschedule() {
    told(await move(id, 'unschedule'))
    tell(t('shared.schedule.unschedule.done', { name }))
  }
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('shared.schedule.unschedule.title', { name })}
      verb={t('shared.schedule.unschedule.verb')}
      danger={Boolean(started_at)}
      act={unschedule}
      consequence={t(`shared.schedule.unschedule.${started_at ? 'over' : 'draft'}`)}
    />
  )
}
