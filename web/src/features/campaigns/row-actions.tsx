/** What can be done with a campaign from the list, by its state; each says what it will do. */
import { ActionIcon, Menu } from '@mantine/core'
import {
  IconCalendarOff,
  IconCopy,
  IconDots,
  IconFileSpreadsheet,
  IconFileTypeCsv,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconTrash,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMay } from '@/app/session'
import { can } from '@/shared/can'
import { resultsAddress, useMove } from '@/shared/moves'
import { tell, warn } from '@/shared/notice'
import { useWords } from '@/shared/says'
import { StartEarly, Unschedule } from '@/shared/schedule-moves'
import { StopCampaign } from '@/shared/stop-campaign'
import { Act } from './act'
import { DeleteDraft } from './delete-draft'
import { useDuplicate } from './use-duplicate'

type Campaign = Schemas['Campaign']
type Question = 'stop' | 'delete' | 'start' | 'unschedule'

export function RowActions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const words = useWords()
  const moving = useMove(campaign.id)
  const mayRun = useMay('run_campaigns')
  const [asks, setAsks] = useState<Question | null>(null)
  const { status, name } = campaign
  function go(move: 'pause' | 'resume') {
    moving.mutate(move, {
      onSuccess: after => tell(t(`campaigns.done.${done(move, status, after)}`, { name })),
      onError: error => warn(words(error)),
    })
  }
  return (
    <>
      {mayRun && can('pause', status) && (
        <Act
          word="pause"
          hint={status === 'scheduled' ? 'pauseRuns' : undefined}
          icon={IconPlayerPause}
          name={name}
          busy={moving.isPending}
          act={() => go('pause')}
        />
      )}
      {mayRun && can('resume', status) && (
        <Act
          word="resume"
          icon={IconPlayerPlay}
          name={name}
          busy={moving.isPending}
          act={() => go('resume')}
        />
      )}
      {mayRun && can('stop', status) && (
        <Act word="stop" icon={IconPlayerStop} name={name} act={() => setAsks('stop')} />
      )}
      <More campaign={campaign} onAsk={setAsks} />
      <StopCampaign
        campaign={campaign}
        progress={campaign.progress ?? undefined}
        opened={asks === 'stop'}
        onClose={() => setAsks(null)}
      />
      <StartEarly campaign={campaign} opened={asks === 'start'} onClose={() => setAsks(null)} />
      <Unschedule campaign={campaign} opened={asks === 'unschedule'} onClose={() => setAsks(null)} />
      <DeleteDraft campaign={campaign} opened={asks === 'delete'} onClose={() => setAsks(null)} />
    </>
  )
}

/** What was done: between two runs, other things are paused and resumed than while it dials. */
function done(move: 'pause' | 'resume', before: Campaign['status'], after: Campaign) {
  if (move === 'pause') return before === 'scheduled' ? 'pauseRuns' : 'pause'
  return after.status === 'scheduled' ? 'resumeRuns' : 'resume'
}

function More({ campaign, onAsk }: { campaign: Campaign; onAsk: (question: Question) => void }) {
  const { t } = useTranslation()
  const duplicate = useDuplicate(campaign)
  const mayEdit = useMay('edit_campaigns')
  const mayRun = useMay('run_campaigns')
  const mayExport = useMay('export_results')
  const { id, status, name } = campaign
  const hasResults = mayExport && status !== 'draft' && Boolean(campaign.started_at)
  const mayStart = mayRun && status === 'scheduled'
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          loading={duplicate.isPending}
          aria-label={t('campaigns.act.moreOf', { name })}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayStart && (
          <Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => onAsk('start')}>
            {t('campaigns.act.start')}
          </Menu.Item>
        )}
        {mayRun && can('unschedule', status) && (
          <Menu.Item
            leftSection={<IconCalendarOff size={16} aria-hidden />}
            onClick={() => onAsk('unschedule')}
          >
            {t('campaigns.act.unschedule')}
          </Menu.Item>
        )}
        {mayEdit && can('editSettings', status) && (
          <Menu.Item
            component={Link}
            to={`/campaigns/${id}/edit`}
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            {t('campaigns.act.edit')}
          </Menu.Item>
        )}
        {mayEdit && (
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => duplicate.mutate()}>
            {t('campaigns.act.duplicate')}
          </Menu.Item>
        )}
        {hasResults && <Menu.Label>{t('campaigns.act.export')}</Menu.Label>}
        {hasResults && (
          <Menu.Item
            component="a"
            href={resultsAddress(id, 'csv')}
            download
            leftSection={<IconFileTypeCsv size={16} aria-hidden />}
          >
            {t('campaigns.act.csv')}
          </Menu.Item>
        )}
        {hasResults && (
          <Menu.Item
            component="a"
            href={resultsAddress(id, 'xlsx')}
            download
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          >
            {t('campaigns.act.excel')}
          </Menu.Item>
        )}
        {mayEdit && can('delete', status) && (
          <Menu.Item
            c="var(--status-failed)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => onAsk('delete')}
          >
            {t('campaigns.act.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
