/** The import under way, and what became of every row. */
import { Anchor, Button, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { clock, count, share } from '@/shared/format'
import classes from './list-import.module.css'
import { sourceOf } from './sheet'
import type { Import } from './use-import'

const FATES = ['imported', 'updated', 'skipped', 'rejected'] as const

type Props = { import_: Import; isForCampaign: boolean; onAnother: () => void }

export function ImportProgress({ import_, isForCampaign, onAnother }: Props) {
  const { t } = useTranslation()
  const { state, rows, done, file_name, rejected, id } = import_
  const isRunning = state === 'running'
  const title = isRunning ? 'running' : state === 'done' ? 'done' : 'failed'
  return (
    <Stack gap="sm">
      <Title order={3} role="status">
        {t(`listImport.progress.${title}`, { file: file_name })}
      </Title>
      <div>
        <Progress
          value={share(done, rows)}
          color={state === 'failed' ? 'red' : undefined}
          aria-label={t('listImport.progress.label')}
        />
        <Text fz="sm" c="dimmed" mt={4}>
          {t('listImport.progress.rows', { done: count(done, locale()), rows: count(rows, locale()) })}
          {import_.estimated_end && (
            <>
              {' · '}
              {t('listImport.progress.ends', {
                rate: count(Math.round(import_.rows_per_second ?? 0), locale()),
                at: clock(import_.estimated_end, Date.now(), locale()),
              })}
            </>
          )}
        </Text>
      </div>
      {import_.note && (
        <Text c={state === 'failed' ? 'var(--status-failed)' : undefined} fz="sm">
          {import_.note}
        </Text>
      )}
      <ul className={classes.legend}>
        {FATES.map(fate => (
          <li key={fate}>
            <b>{count(import_[fate], locale())}</b> {t(`listImport.progress.${fate}`)}
          </li>
        ))}
      </ul>
      {isForCampaign && state === 'done' && (
        <Text fz="sm" c="dimmed">
          {t('listImport.progress.enrolled')}
        </Text>
      )}
      {!isRunning && (
        <Group gap="md">
          <Button variant="default" onClick={onAnother}>
            {t(`listImport.progress.another.${sourceOf(import_)}`)}
          </Button>
          {rejected > 0 && (
            <Anchor href={`/api/v1/imports/${id}/rejects`} download fz="sm">
              <IconDownload size={14} aria-hidden /> {t('listImport.progress.rejects')}
            </Anchor>
          )}
        </Group>
      )}
    </Stack>
  )
}
