/** Fields of the message that some recipients have no value for, each with the way out: a default. */
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './call-step.module.css'
import { gaps, type Readiness } from './readiness'
import { fallbackFor, type Part } from './template'
import { useGapWords } from './words'

type Props = {
  parts: Part[]
  readiness: Readiness | undefined
  language: string
  /** Writes a default into every use of a field; an empty one is for the writer to fill in. */
  onDefault: (field: string, fallback: string) => void
}

export function MissingValues({ parts, readiness, language, onDefault }: Props) {
  const { t } = useTranslation()
  const words = useGapWords()
  if (!readiness || readiness.recipients === 0) return null
  return (
    <div role="status">
      {gaps(readiness.merge_fields, parts).map(gap => {
        const fallback = fallbackFor(gap.field, language)
        return (
          <Group key={gap.field} gap="xs" mt={6}>
            <Text fz="sm" className={classes.warn}>
              {words(gap, readiness.recipients)}
            </Text>
            <Button size="compact-sm" variant="default" onClick={() => onDefault(gap.field, fallback)}>
              {fallback
                ? t('create.call.giveThis', { example: `{{${gap.field}|${fallback}}}` })
                : t('create.call.giveDefault', { name: gap.field })}
            </Button>
          </Group>
        )
      })}
    </div>
  )
}
