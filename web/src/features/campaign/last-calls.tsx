/** The newest ten calls; each opens its recipient's story. */
import { Anchor, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import * as format from '@/shared/format'
import { OutcomeMark, Phone, When } from '@/shared/marks'
import { Panel } from '@/shared/panel'
import { ErrorState, Loading } from '@/shared/states'
import classes from './campaign.module.css'
import { useNewestCalls } from './data'
import { useCampaignSearch } from './search'
import { attemptState } from './story'

const HEIGHT = 344

export function LastCalls({ id }: { id: string }) {
  const { t } = useTranslation()
  const [, change] = useCampaignSearch()
  const { data, error, refetch } = useNewestCalls(id)
  const calls = data?.items
  return (
    <Panel
      title={t('campaign.newest.title')}
      height={HEIGHT}
      aside={
        <Anchor component="button" fz="sm" onClick={() => change({ tab: 'attempts' })}>
          {t('campaign.newest.all')}
        </Anchor>
      }
    >
      {error && !calls && <ErrorState error={error} onAgain={() => void refetch()} />}
      {!error && !calls && <Loading height={280} />}
      {calls?.length === 0 && <Text c="dimmed">{t('campaign.newest.none')}</Text>}
      {calls?.map(call => (
        <Call
          key={call.id}
          call={call}
          onOpen={() => change({ recipient: call.recipient_id }, { keep: true })}
        />
      ))}
    </Panel>
  )
}

function Call({ call, onOpen }: { call: Schemas['Attempt']; onOpen: () => void }) {
  return (
    <UnstyledButton className={classes.call} onClick={onOpen}>
      <Phone number={call.phone} />
      <span className={classes.callState}>
        <CallState call={call} />
        {call.duration_s ? <span className={classes.talked}>{format.duration(call.duration_s)}</span> : null}
      </span>
      <Text span c="dimmed" fz="sm" miw={72} ta="right">
        <When at={call.placed_at} />
      </Text>
    </UnstyledButton>
  )
}

/** The outcome of a call that has ended, else where it stands. */
export function CallState({ call }: { call: Schemas['Attempt'] }) {
  const { t } = useTranslation()
  if (call.outcome) return <OutcomeMark outcome={call.outcome} />
  const state = attemptState(call.state)
  return <Text span>{state ? t(`campaign.attemptState.${state}`) : call.state}</Text>
}
