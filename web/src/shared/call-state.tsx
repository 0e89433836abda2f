/** How a call ended; of one that has not ended, where it stands. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { attemptState } from './attempt-state'
import { OutcomeMark } from './marks'

export function CallState({ call }: { call: Pick<Schemas['Attempt'], 'outcome' | 'state'> }) {
  const { t } = useTranslation()
  if (call.outcome) return <OutcomeMark outcome={call.outcome} />
  const state = attemptState(call.state)
  return <Text span>{state ? t(`shared.attemptState.${state}`) : call.state}</Text>
}
