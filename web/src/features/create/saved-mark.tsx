/** Whether what was typed is on the server; a conflict offers the newer version. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { clock } from '@/shared/format'
import { useWords } from '@/shared/says'
import type { Editing } from './use-draft'

export function SavedMark({ saving, draft, flush }: Pick<Editing, 'saving' | 'draft' | 'flush'>) {
  const { t } = useTranslation()
  const words = useWords()
  const refused = draft.problems.length
  if (saving.state === 'conflict') {
    return (
      <Text fz="sm" c="var(--status-paused)" fw={600}>
        {t('create.saved.waits')}
      </Text>
    )
  }
  if (saving.state === 'failed' && refused === 0) {
    return (
      <Group gap="xs" role="alert">
        <Text fz="sm" c="var(--status-failed)">
          {t('create.saved.failed', { why: words(saving.error) })}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => void flush()}>
          {t('shared.action.again')}
        </Button>
      </Group>
    )
  }
  if (refused > 0) {
    return (
      <Text fz="sm" c="var(--status-failed)" role="status">
        {t('create.saved.refused', { count: refused })}
      </Text>
    )
  }
  if (saving.state === 'saved') {
    return (
      <Text fz="sm" c="dimmed" role="status">
        <IconCheck size={14} aria-hidden />{' '}
        {t('create.saved.at', { at: clock(saving.at, saving.at, locale()) })}
      </Text>
    )
  }
  return (
    <Text fz="sm" c="dimmed" role="status">
      {t(saving.state === 'saving' ? 'create.saved.saving' : 'create.saved.idle')}
    </Text>
  )
}

export function Conflict({ saving, settle }: Pick<Editing, 'saving' | 'settle'>) {
  const { t } = useTranslation()
  if (saving.state !== 'conflict') return null
  return (
    <Alert
      color="yellow"
      mb="md"
      role="alert"
      title={t('create.conflict.title')}
      icon={<IconAlertTriangle size={18} aria-hidden />}
    >
      <Text fz="sm">{t('create.conflict.text', { version: saving.current.version })}</Text>
      <Group gap="xs" mt="sm">
        <Button size="xs" onClick={() => settle('load')}>
          {t('create.conflict.load')}
        </Button>
        <Button size="xs" variant="default" onClick={() => settle('keep')}>
          {t('create.conflict.keep')}
        </Button>
      </Group>
    </Alert>
  )
}
