/** Below a form: what went wrong as a whole. A version conflict offers the newer version; fields say theirs themselves. */
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { standsBeside } from './fields'
import { useWords } from './says'

type Props = {
  error: unknown
  /** Fields that show what is wrong with them beside themselves. */
  fields: readonly string[]
  /** Fills the form with the newer version. */
  onNewer?: () => void
}

export function FormProblem({ error, fields, onNewer }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  if (!error) return null
  const isStale = error instanceof Problem && error.name === 'version-conflict'
  return (
    <Group gap="sm" role="alert">
      <Text c="var(--status-failed)" fz="sm">
        {standsBeside(error, fields) ? t('shared.state.lookAtFields') : words(error)}
      </Text>
      {isStale && onNewer && (
        <Button size="xs" variant="default" onClick={onNewer}>
          {t('shared.action.loadNewer')}
        </Button>
      )}
    </Group>
  )
}
