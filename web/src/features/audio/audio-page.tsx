/** The library of recordings: uploaded once, played in any campaign of the department. */
import { ActionIcon, Button, Group, Select, Stack, Text, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '@/app/session'
import { locale } from '@/i18n'
import { type Audio, removeAudio, useAudio } from '@/shared/audio'
import { AudioPlayer } from '@/shared/audio-player'
import { AudioUpload } from '@/shared/audio-upload'
import { Confirm } from '@/shared/confirm'
import { useDepartmentName, useDepartments } from '@/shared/departments'
import * as format from '@/shared/format'
import lists from '@/shared/list.module.css'
import { ListState } from '@/shared/list-state'
import { When } from '@/shared/marks'
import { tell } from '@/shared/notice'
import { Page } from '@/shared/page'
import { EmptyState } from '@/shared/states'
import classes from './audio.module.css'
import { loudnessOf } from './loudness'

export default function AudioPage() {
  const { t } = useTranslation()
  const list = useAudio()
  const [removed, setRemoved] = useState<Audio>()
  const [isAsking, setAsking] = useState(false)
  function ask(audio: Audio) {
    setRemoved(audio)
    setAsking(true)
  }
  return (
    <Page title={t('audio.title')}>
      <Stack gap="md">
        <Bring />
        <ListState
          list={list}
          empty={<EmptyState title={t('audio.empty.title')} text={t('audio.empty.text')} />}
        >
          <ul className={lists.list}>
            {list.rows.map(audio => (
              <Row key={audio.id} audio={audio} onRemove={() => ask(audio)} />
            ))}
          </ul>
        </ListState>
        {list.hasNextPage && (
          <Button
            variant="default"
            w="fit-content"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('shared.action.more')}
          </Button>
        )}
      </Stack>
      {removed && <Remove audio={removed} opened={isAsking} onClose={() => setAsking(false)} />}
    </Page>
  )
}

/** A person of several departments says whose recording it will be. */
function Bring() {
  const { t } = useTranslation()
  const { data: departments = [] } = useDepartments()
  const own = useMe().user.department_ids[0]
  const [department, setDepartment] = useState<string | null>(own ?? null)
  const chosen = department ?? departments[0]?.id
  return (
    <Group align="end" gap="sm">
      {departments.length > 1 && (
        <Select
          label={t('audio.department')}
          value={chosen ?? null}
          onChange={setDepartment}
          data={departments.map(it => ({ value: it.id, label: it.name }))}
        />
      )}
      <AudioUpload
        variant="filled"
        department={departments.length > 1 ? chosen : undefined}
        onDone={audio => tell(t('audio.added', { name: audio.name }))}
      />
    </Group>
  )
}

function Row({ audio, onRemove }: { audio: Audio; onRemove: () => void }) {
  const { t } = useTranslation()
  const departmentName = useDepartmentName()
  const mayEdit = useMay('edit_audio')
  const loudness = loudnessOf(audio.loudness_dbfs)
  const facts = [
    departmentName(audio.department_id),
    audio.media_type === 'audio/mpeg' ? 'MP3' : 'WAV',
    format.bytes(audio.bytes, locale()),
  ]
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <div className={lists.what}>
        <div className={lists.name} title={audio.name}>
          {audio.name}
        </div>
        <Text fz="sm" c="dimmed">
          {facts.filter(Boolean).join(' · ')} · {t('audio.addedAt')} <When at={audio.created_at} />
        </Text>
      </div>
      <div>
        <div>{format.duration(audio.duration_s)}</div>
        <Tooltip label={t(`audio.loudnessHint.${loudness}`)}>
          <Text
            fz="sm"
            c={loudness === 'fine' ? 'dimmed' : 'var(--status-paused)'}
            tabIndex={0}
            w="fit-content"
          >
            {t(`audio.loudness.${loudness}`, { level: format.decimal(audio.loudness_dbfs, locale()) })}
          </Text>
        </Tooltip>
      </div>
      <AudioPlayer audio={audio} />
      {mayEdit && (
        <Tooltip label={t('audio.remove.verb')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            onClick={onRemove}
            aria-label={t('audio.remove.of', { name: audio.name })}
          >
            <IconTrash size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  )
}

function Remove({ audio, opened, onClose }: { audio: Audio; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('audio.remove.title', { name: audio.name })}
      consequence={t('audio.remove.consequence')}
      verb={t('audio.remove.verb')}
      act={async () => {
        await removeAudio(audio.id)
        await queries.invalidateQueries({ queryKey: ['audio'] })
      }}
    />
  )
}
