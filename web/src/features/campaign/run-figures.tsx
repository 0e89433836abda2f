/** How a run of the list went, and its results as a file. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMay } from '@/app/session'
import { resultsAddress } from '@/shared/moves'
import { useRunProgress } from './data'
import { useFormats } from './says'

type Props = { id: string; run: Schemas['RunView'] }

/** Asked for the rows that are seen. */
export function RunFigures({ id, run }: Props) {
  const { t } = useTranslation()
  const { n } = useFormats()
  const { data } = useRunProgress(id, run.id)
  if (!data) return '–'
  if (!run.started_at) return t('campaign.schedule.people', { count: data.total, n: n(data.total) })
  return t('campaign.schedule.figures', {
    completed: n(data.completed),
    total: n(data.total),
    failed: n(data.failed),
  })
}

export function RunResults({ id, run }: Props) {
  const { t } = useTranslation()
  const { n } = useFormats()
  const mayExport = useMay('export_results')
  if (!mayExport || !run.started_at) return null
  const label = t('campaign.schedule.results', { n: n(run.number) })
  return (
    <Tooltip label={label}>
      <ActionIcon
        component="a"
        variant="subtle"
        color="gray"
        size={28}
        href={resultsAddress(id, 'csv', undefined, run.id)}
        download
        aria-label={label}
        onClick={event => event.stopPropagation()}
      >
        <IconDownload size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
