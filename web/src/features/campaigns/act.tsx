/** A button of a row: an icon with its words for screen readers, and what it will do on hover. */
import { ActionIcon, Tooltip } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

type ActProps = {
  word: 'pause' | 'resume' | 'stop'
  /** What it will do, where that is not the same for all. */
  hint?: 'pauseRuns'
  icon: TablerIcon
  name: string
  busy?: boolean
  act: () => void
}

export function Act({ word, hint, icon: Icon, name, busy, act }: ActProps) {
  const { t } = useTranslation()
  return (
    <Tooltip label={t(`campaigns.hint.${hint ?? word}`)}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        loading={busy}
        onClick={act}
        aria-label={t(`campaigns.act.${word}Of`, { name })}
      >
        <Icon size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
