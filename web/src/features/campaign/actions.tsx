/** What can be done with the campaign now. What its state forbids is not offered; what the role forbids is disabled and says why. */
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconCopy,
  IconDeviceMobile,
  IconDots,
  IconEdit,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconTrash,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMay } from '@/app/session'
import { can } from '@/shared/can'
import { useMove } from '@/shared/moves'
import { tell, warn } from '@/shared/notice'
import { useWords } from '@/shared/says'
import { StartEarly, Unschedule } from '@/shared/schedule-moves'
import { StopCampaign } from '@/shared/stop-campaign'
import { DeleteDraft } from './delete-draft'
import { DuplicateDialog } from './duplicate-dialog'
import { EditDialog } from './edit-dialog'
import { ExportMenu } from './export-menu'
import { ScheduleActions, ScheduleItems, type ScheduleMove } from './schedule-actions'

/** After the dialog has given the focus back in its own way. Milliseconds. */
const FOCUS_AFTER = 50

type Props = { campaign: Schemas['Campaign']; progress: Schemas['Progress'] | undefined }

export function Actions({ campaign, progress }: Props) {
  const { t } = useTranslation()
  const mayRun = useMay('run_campaigns')
  const [stopping, stop] = useDisclosure(false)
  const [asks, setAsks] = useState<ScheduleMove | null>(null)
  const { status, id } = campaign
  return (
    <>
      {can('editSettings', status) && (
        <Button
          component={Link}
          to={`/campaigns/${id}/edit`}
          variant={status === 'draft' ? 'filled' : 'default'}
          leftSection={<IconEdit size={16} />}
        >
          {t(status === 'draft' ? 'campaign.move.continue' : 'campaign.move.editAll')}
        </Button>
      )}
      {can('pause', status) && <RunButton campaign={campaign} what="pause" allowed={mayRun} />}
      {can('resume', status) && <RunButton campaign={campaign} what="resume" allowed={mayRun} />}
      <ScheduleActions status={status} allowed={mayRun} onAsk={setAsks} />
      {can('stop', status) && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={16} />}
          disabled={!mayRun}
          onClick={stop.open}
        >
          {t('campaign.move.stop')}
        </Button>
      )}
      {campaign.started_at && <ExportMenu id={id} />}
      <MoreMenu campaign={campaign} onAsk={setAsks} />
      <StartEarly campaign={campaign} opened={asks === 'start'} onClose={() => setAsks(null)} />
      <Unschedule campaign={campaign} opened={asks === 'unschedule'} onClose={() => setAsks(null)} />
      <StopCampaign campaign={campaign} progress={progress} opened={stopping} onClose={stop.close} />
    </>
  )
}

/** Pausing is undone by resuming, so neither asks first. */
type RunProps = { campaign: Schemas['Campaign']; what: 'pause' | 'resume'; allowed: boolean }

function RunButton({ campaign: { id, status }, what, allowed }: RunProps) {
  const { t } = useTranslation()
  const words = useWords()
  const moving = useMove(id)
  // Between two runs nothing is dialed that could be paused: the runs themselves are.
  const isBetweenRuns = status === 'scheduled'
  const hint = isBetweenRuns ? 'campaign.move.pauseRunsHint' : (`campaign.move.${what}Hint` as const)
  const Icon = what === 'pause' ? IconPlayerPause : IconPlayerPlay
  function move() {
    moving.mutate(what, {
      onSuccess: after => {
        if (isBetweenRuns) tell(t('campaign.move.runsPaused'))
        else if (after.status === 'scheduled') tell(t('campaign.move.runsResumed'))
        else tell(t(`campaign.move.${what}d`))
      },
      onError: error => warn(words(error)),
    })
  }
  return (
    <Tooltip label={allowed ? t(hint) : t('campaign.move.notAllowed')}>
      <Button
        variant={what === 'resume' ? 'filled' : 'default'}
        leftSection={<Icon size={16} />}
        loading={moving.isPending}
        data-disabled={!allowed || undefined}
        aria-disabled={!allowed}
        onClick={allowed ? move : undefined}
      >
        {t(`campaign.move.${what}`)}
      </Button>
    </Tooltip>
  )
}

type MoreProps = { campaign: Schemas['Campaign']; onAsk: (move: ScheduleMove) => void }

function MoreMenu({ campaign, onAsk }: MoreProps) {
  const { t } = useTranslation()
  const mayRun = useMay('run_campaigns')
  const [editing, edit] = useDisclosure(false)
  const [duplicating, duplicate] = useDisclosure(false)
  const [deleting, remove] = useDisclosure(false)
  const { id, status } = campaign
  const target = useRef<HTMLButtonElement>(null)
  /** A dialog gives the focus back to what opened it; here that was an item which is gone with its menu. */
  function andBack(close: () => void) {
    return () => {
      close()
      setTimeout(() => target.current?.focus(), FOCUS_AFTER)
    }
  }
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon ref={target} variant="default" size={36} aria-label={t('campaign.move.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ScheduleItems status={status} allowed={mayRun} onAsk={onAsk} />
          {!can('editSettings', status) && (
            <Menu.Item leftSection={<IconEdit size={16} />} onClick={edit.open}>
              {t('campaign.move.edit')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={duplicate.open}>
            {t('campaign.move.duplicate')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDeviceMobile size={16} />}
            component={Link}
            to={`/campaigns/${id}/handset`}
          >
            {t('campaign.move.handset')}
          </Menu.Item>
          {can('delete', status) && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove.open}>
              {t('campaign.move.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {editing && <EditDialog campaign={campaign} onClose={andBack(edit.close)} />}
      {duplicating && <DuplicateDialog campaign={campaign} onClose={andBack(duplicate.close)} />}
      <DeleteDraft campaign={campaign} opened={deleting} onClose={andBack(remove.close)} />
    </>
  )
}
