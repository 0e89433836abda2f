/** What is wrong where secrets are asked for: too many tries are said as the time to wait. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { FormProblem } from '@/shared/form-problem'

/** Seconds to wait when the server does not say how many. */
const WAIT_S = 60

export function Refusal({ error, fields }: { error: unknown; fields: readonly string[] }) {
  const { t } = useTranslation()
  if (error instanceof Problem && error.status === 429) {
    return (
      <Text c="var(--status-failed)" fz="sm" role="alert">
        {t('shell.signIn.throttled', { count: error.retryAfter ?? WAIT_S })}
      </Text>
    )
  }
  return <FormProblem error={error} fields={fields} />
}
