/** The second factor: whether sign-ins ask for a code, and how to begin or end with that. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client } from '@/api/client'
import { Dot } from '@/shared/dot'
import { ErrorState, Loading } from '@/shared/states'
import { SecondFactorOff } from './second-factor-off'
import { SecondFactorSetup } from './second-factor-setup'

/** So few recovery codes left are worth a word. */
const FEW_CODES = 3

export const FACTOR_KEY = ['account', 'second-factor']

export function SecondFactor() {
  const { t } = useTranslation()
  const [isSettingUp, settingUp] = useDisclosure(false)
  const [isEnding, ending] = useDisclosure(false)
  const { data, error, refetch } = useQuery({
    queryKey: FACTOR_KEY,
    queryFn: () => body(client.GET('/api/v1/account/second-factor')),
  })
  if (error) return <ErrorState error={error} onAgain={() => void refetch()} />
  if (!data) return <Loading height={100} />
  const left = data.recovery_codes_left
  return (
    <Stack gap="sm">
      <Dot tone={data.enabled ? 'active' : 'draft'}>
        {data.enabled ? t('account.factor.on') : t('account.factor.off')}
      </Dot>
      <Text fz="sm" c="dimmed">
        {data.enabled ? t('account.factor.onHint') : t('account.factor.offHint')}
      </Text>
      {data.enabled && (
        <Text fz="sm" c={left < FEW_CODES ? 'var(--status-paused)' : undefined}>
          {t('account.factor.left', { count: left })} {left < FEW_CODES && t('account.factor.few')}
        </Text>
      )}
      <Group>
        {data.enabled ? (
          <Button variant="default" onClick={ending.open}>
            {t('account.factor.switchOff')}
          </Button>
        ) : (
          <Button variant="default" onClick={settingUp.open}>
            {t('account.factor.setUp')}
          </Button>
        )}
      </Group>
      <SecondFactorSetup opened={isSettingUp} onClose={settingUp.close} />
      <SecondFactorOff opened={isEnding} onClose={ending.close} />
    </Stack>
  )
}
