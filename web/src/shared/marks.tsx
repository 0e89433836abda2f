/** Small things that say the same everywhere: a status, an outcome, an instant, a phone number. */
import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import * as format from './format'
import classes from './marks.module.css'
import { useNow } from './now'

export function StatusMark({ status }: { status: Schemas['CampaignStatus'] }) {
  const { t } = useTranslation()
  return (
    <span className={classes.status} style={{ color: `var(--status-${status})` }}>
      <span className={classes.dot} data-status={status} aria-hidden />
      {t(`shared.status.${status}`)}
    </span>
  )
}

export function OutcomeMark({ outcome }: { outcome: Schemas['Outcome'] | null | undefined }) {
  const { t } = useTranslation()
  if (!outcome)
    return (
      <Text span c="dimmed">
        –
      </Text>
    )
  return (
    <span className={classes.outcome}>
      <span className={classes.square} style={{ background: `var(--outcome-${outcome})` }} aria-hidden />
      {t(`shared.outcome.${outcome}`)}
    </span>
  )
}

/** "2 min ago", the exact instant on hover. */
export function When({ at, timeZone }: { at: string | null | undefined; timeZone?: string }) {
  const { t } = useTranslation()
  const now = useNow()
  if (!at)
    return (
      <Text span c="dimmed">
        {t('shared.state.never')}
      </Text>
    )
  return (
    <Tooltip label={format.instant(at, locale(), timeZone)}>
      <time dateTime={at}>{format.ago(at, now, locale())}</time>
    </Tooltip>
  )
}

/** In groups for the eye, E.164 on copy. */
export function Phone({ number, copy = false }: { number: string; copy?: boolean }) {
  const { t } = useTranslation()
  const shown = <span className={classes.phone}>{format.phone(number)}</span>
  if (!copy) return shown
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex">
      {shown}
      <CopyButton value={number}>
        {({ copied, copy: put }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            onClick={put}
            aria-label={copied ? t('shared.action.copied') : t('shared.copyPhone', { phone: number })}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  )
}
