/** The newest ten calls; each opens its recipient's story. */
import { Anchor, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { CallState } from '@/shared/call-state'
import * as format from '@/shared/format'
import { Phone, When } from '@/shared/marks'
import { Panel } from '@/shared/panel'
import { ErrorState, Loading } from '@/shared/states'
import classes from './campaign.module.css'
import { useNewestCalls } from './data'
import { useCampaignSearch } from './search'

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
      </span>
      <span className={`${classes.talked} ${classes.figure}`}>
        {call.duration_s ? format.duration(call.duration_s) : null}
      </span>
      <Text span c="dimmed" fz="sm" ta="right" style={{ whiteSpace: 'nowrap' }}>
        <When at={call.placed_at} />
      </Text>
    </UnstyledButton>
  )
}
