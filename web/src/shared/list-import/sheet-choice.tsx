/** Which sheet of a workbook was read, and the others; nothing where there is only one. */
import { Select, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWords } from '@/shared/says'
import { type Import, useListUpload } from './use-import'

type Props = { import_: Import; file: File | undefined; onRead: (import_: Import) => void }

export function SheetChoice({ import_, file, onRead }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const { sending } = useListUpload(import_.department_id)
  const { sheets, sheet } = import_
  if (!sheets || sheets.length < 2) return null
  function read(name: string | null) {
    if (file && name && name !== sheet) sending.mutate({ file, sheet: name }, { onSuccess: onRead })
  }
  return (
    <>
      <Select
        mb="md"
        w={320}
        maw="100%"
        label={t('listImport.sheets.label')}
        description={t(file ? 'listImport.sheets.hint' : 'listImport.sheets.again')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={sheets}
        value={sheet ?? null}
        disabled={!file || sending.isPending}
        onChange={read}
        error={sending.error && words(sending.error)}
      />
      <VisuallyHidden role="status">{sending.isPending && t('listImport.sheets.reading')}</VisuallyHidden>
    </>
  )
}
