/** The first step of an import: choose a file, or drop it here. */
import { Button, FileButton, Progress, Stack, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { locale } from '@/i18n'
import { bytes } from '@/shared/format'
import { useWords } from '@/shared/says'
import classes from './list-import.module.css'
import { type Import, LIST_BYTES_MAX, LIST_TYPES, useListUpload } from './use-import'

type Props = { department: string | undefined; onDone: (import_: Import, file: File) => void }

export function ListUpload({ department, onDone }: Props) {
  const { t } = useTranslation()
  const { sending, part } = useListUpload(department)
  const refused = useRefusal()
  const [isOver, setOver] = useState(false)
  const percent = Math.round(part * 100)
  function send(file: File | null | undefined) {
    if (file) sending.mutate({ file }, { onSuccess: import_ => onDone(import_, file) })
  }
  function dropped(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    send(event.dataTransfer.files[0])
  }
  return (
    <section
      aria-label={t('listImport.file.title')}
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <Stack gap={8} align="center">
        <FileButton
          accept={LIST_TYPES}
          onChange={send}
          inputProps={{ 'aria-label': t('listImport.file.choose') }}
        >
          {props => (
            <Button {...props} loading={sending.isPending} leftSection={<IconUpload size={16} aria-hidden />}>
              {t('listImport.file.choose')}
            </Button>
          )}
        </FileButton>
        <Text fz="sm" c="dimmed" ta="center">
          {t('listImport.file.hint', { size: bytes(LIST_BYTES_MAX, locale()) })}
        </Text>
        <div className={classes.sending}>
          {sending.isPending && (
            <>
              <Progress value={percent} size="sm" aria-label={t('listImport.file.sending')} />
              <Text fz="sm" c="dimmed" ta="center" mt={4} role="status">
                {part < 1 ? t('listImport.file.sent', { percent }) : t('listImport.file.reading')}
              </Text>
            </>
          )}
          {sending.error && (
            <Text fz="sm" c="var(--status-failed)" ta="center" role="alert">
              {t('listImport.file.refused', {
                file: sending.variables?.file.name ?? '',
                why: refused(sending.error),
              })}
            </Text>
          )}
        </div>
      </Stack>
    </section>
  )
}

/** Why a file was not taken. */
function useRefusal() {
  const { t } = useTranslation()
  const words = useWords()
  return (error: unknown): string => {
    if (error instanceof Problem && error.status === 413) {
      return t('listImport.file.tooLarge', { size: bytes(LIST_BYTES_MAX, locale()) })
    }
    return (error instanceof Problem && error.of('file')) || words(error)
  }
}
