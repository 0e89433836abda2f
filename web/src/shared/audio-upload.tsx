/** Brings a recording into the library: a button, how far it is, and what was wrong with it. */
import { Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { locale } from '@/i18n'
import { AUDIO_BYTES_MAX, AUDIO_TYPES, type Audio, useAudioUpload } from './audio'
import { bytes } from './format'
import { useWords } from './says'

type Props = {
  department?: string
  onDone?: (audio: Audio) => void
  variant?: 'filled' | 'default'
}

export function AudioUpload({ department, onDone, variant = 'default' }: Props) {
  const { t } = useTranslation()
  const { sending, part } = useAudioUpload(department)
  const refused = useRefusal()
  const percent = Math.round(part * 100)
  return (
    <Stack gap={6}>
      <Group gap="sm">
        <FileButton
          accept={AUDIO_TYPES}
          onChange={file => file && sending.mutate(file, { onSuccess: onDone })}
          inputProps={{ 'aria-label': t('shared.audio.upload') }}
        >
          {props => (
            <Button
              {...props}
              variant={variant}
              loading={sending.isPending}
              leftSection={<IconUpload size={16} aria-hidden />}
            >
              {t('shared.audio.upload')}
            </Button>
          )}
        </FileButton>
        <Text fz="sm" c="dimmed">
          {t('shared.audio.limits', { size: bytes(AUDIO_BYTES_MAX, locale()) })}
        </Text>
      </Group>
      {sending.isPending && (
        <>
          <Progress value={percent} aria-label={t('shared.audio.sending')} size="sm" />
          <Text fz="sm" c="dimmed" role="status">
            {part < 1 ? t('shared.audio.sent', { percent }) : t('shared.audio.checking')}
          </Text>
        </>
      )}
      {sending.error && (
        <Text fz="sm" c="var(--status-failed)" role="alert">
          {t('shared.audio.refused', { file: sending.variables?.name ?? '', why: refused(sending.error) })}
        </Text>
      )}
    </Stack>
  )
}

/** Why a file was not taken. */
function useRefusal() {
  const { t } = useTranslation()
  const words = useWords()
  return (error: unknown): string => {
    if (error instanceof Problem && error.status === 413) {
      return t('shared.audio.tooLarge', { size: bytes(AUDIO_BYTES_MAX, locale()) })
    }
    return (error instanceof Problem && error.of('file')) || words(error)
  }
}
