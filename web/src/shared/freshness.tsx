/** How old the figures of a live page are, and whether they are still coming. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import * as format from './format'
import type { Liveness } from './live'
import { useNow } from './now'

/** A quiet page hears about every ten seconds that nothing has changed; what it says until then is of now. Milliseconds. */
const NOW = 13_000

export function Freshness({ live }: { live: Liveness }) {
  const { t } = useTranslation()
  const now = useNow()
  if (live.heardAt === undefined) return null
  if (!live.connected) {
    const at = format.clock(live.heardAt, now, locale())
    return (
      <Text span fz="sm" c="var(--status-paused)" fw={600} role="status">
        {t('shared.live.lost', { at })}
      </Text>
    )
  }
  const isNow = now - live.heardAt < NOW
  return (
    <Text span fz="sm" c="dimmed">
      {isNow ? t('shared.live.now') : t('shared.live.ago', { ago: format.ago(live.heardAt, now, locale()) })}
    </Text>
  )
}
