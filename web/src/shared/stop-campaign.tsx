/** Stopping is for good: says how many people will not be called, and asks. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { Confirm } from './confirm'
import { count } from './format'
import { move, useTold } from './moves'

type Props = {
  campaign: Pick<Schemas['Campaign'], 'id' | 'name'>
  progress: Schemas['Progress'] | undefined
  opened: boolean
  onClose: () => void
}

export function StopCampaign({ campaign, progress, opened, onClose }: Props) {
  const { t } = useTranslation()
  const told = useTold()
  const number = (people: number) => ({ count: people, n: count(people, locale()) })
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('shared.stop.title', { name: campaign.name })}
      verb={t('shared.stop.verb')}
      act={() => move(campaign.id, 'stop').then(told)}
      consequence={
        <>
          {progress && progress.remaining > 0 && `${t('shared.stop.notCalled', number(progress.remaining))} `}
          {progress && progress.retrying > 0 && `${t('shared.stop.notAgain', number(progress.retrying))} `}
          {progress && progress.dialing > 0 && `${t('shared.stop.underWay', number(progress.dialing))} `}
          {t('shared.stop.forGood')}
        </>
      }
    />
  )
}
