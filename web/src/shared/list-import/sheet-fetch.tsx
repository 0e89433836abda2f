/** The first step of an import from Google Sheets: the link, and what came of it. What was typed stays after a refusal. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { locale } from '@/i18n'
import { bytes, span } from '@/shared/format'
import { useWords } from '@/shared/says'
import classes from './list-import.module.css'
import { faultIn, LINK, waitOf } from './sheet'
import { type Import, LIST_BYTES_MAX, useSheetFetch } from './use-import'

type Props = { department: string | undefined; onDone: (import_: Import) => void }

export function SheetFetch({ department, onDone }: Props) {
  const { t } = useTranslation()
  const fetching = useSheetFetch(department)
  const refused = useRefusal()
  const [link, setLink] = useState('')
  const field = useRef<HTMLInputElement>(null)
  function begin(event: FormEvent) {
    event.preventDefault()
    if (fetching.isPending) return
    fetching.mutate(link, { onSuccess: onDone, onError: () => field.current?.focus() })
  }
  function change(next: string) {
    setLink(next)
    // What was said is about another link.
    if (fetching.error) fetching.reset()
  }
  return (
    <form onSubmit={begin} noValidate aria-label={t('listImport.sheet.title')}>
      <Stack gap={8} className={classes.sheet}>
        <TextInput
          ref={field}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          label={t('listImport.sheet.link')}
          description={t('listImport.sheet.hint')}
          placeholder="https://docs.google.com/spreadsheets/d/…"
          value={link}
          readOnly={fetching.isPending}
          onChange={event => change(event.currentTarget.value)}
          error={fetching.error && refused(fetching.error)}
        />
        <Group gap="sm" wrap="nowrap" className={classes.fetching}>
          <Button
            type="submit"
            flex="none"
            loading={fetching.isPending}
            leftSection={<IconTable size={16} aria-hidden />}
          >
            {t('listImport.sheet.fetch')}
          </Button>
          <Text fz="sm" c="dimmed" role="status">
            {fetching.isPending && t('listImport.sheet.fetching')}
          </Text>
        </Group>
      </Stack>
    </form>
  )
}

/** Why a sheet was not fetched. */
function useRefusal() {
  const { t } = useTranslation()
  const words = useWords()
  return (error: unknown): string => {
    const wait = waitOf(error)
    if (wait !== undefined) return t('listImport.sheet.tooMany', { wait: span(wait, locale()) })
    const said = error instanceof Problem ? error.of(LINK) : undefined
    if (said === undefined) return words(error)
    const fault = faultIn(said)
    if (fault) return t(`listImport.sheet.fault.${fault}`, { size: bytes(LIST_BYTES_MAX, locale()) })
    return t('listImport.sheet.refused', { why: said })
  }
}
