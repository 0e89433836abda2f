/** A recording of the library as the message: chosen, played, or uploaded here. */
import { Radio, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAudio } from '@/shared/audio'
import { AudioPlayer } from '@/shared/audio-player'
import { AudioUpload } from '@/shared/audio-upload'
import { duration } from '@/shared/format'
import { ListState } from '@/shared/list-state'
import classes from './call-step.module.css'

type Props = {
  audioId: string | undefined
  department: string
  onChange: (id: string) => void
  error: string | undefined
}

export function AudioChoice({ audioId, department, onChange, error }: Props) {
  const { t } = useTranslation()
  const list = useAudio()
  const rows = list.rows.filter(it => it.department_id === department)
  return (
    <Stack gap="md">
      <AudioUpload department={department} onDone={audio => onChange(audio.id)} />
      <ListState
        list={{ ...list, rows }}
        height={160}
        empty={
          <Text fz="sm" c="dimmed">
            {t('create.audio.none')}
          </Text>
        }
      >
        <Radio.Group
          aria-label={t('create.audio.choose')}
          value={audioId ?? ''}
          onChange={onChange}
          error={error}
        >
          <ul className={classes.recordings}>
            {rows.map(audio => (
              <li key={audio.id} className={classes.recording}>
                <Radio value={audio.id} label={audio.name} />
                <Text fz="sm">{duration(audio.duration_s)}</Text>
                <AudioPlayer audio={audio} />
              </li>
            ))}
          </ul>
        </Radio.Group>
      </ListState>
      <Text fz="sm" c="dimmed">
        {t('create.audio.advice')}
      </Text>
    </Stack>
  )
}
