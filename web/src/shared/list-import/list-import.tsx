/**
 * A list of people, from a CSV file or from Google Sheets: its columns as fields, what it holds, and the import under way; into the contact book and, when a
 * campaign is given, into its list of people. The import is named by the page's address, so that a reload goes on.
 */
import { useCallback, useState } from 'react'
import { useCustomFields } from '@/shared/custom-fields'
import { ErrorState, Loading } from '@/shared/states'
import { ImportProgress } from './import-progress'
import { ListUpload } from './list-upload'
import { MappingForm } from './mapping-form'
import type { ListSource } from './sheet'
import { SheetChoice } from './sheet-choice'
import { SheetFetch } from './sheet-fetch'
import { useImport } from './use-import'

type Props = {
  /** How a new list comes in. */
  source: ListSource
  /** The import that goes on; undefined: none is begun. */
  importId: string | undefined
  onImport: (id: string | undefined) => void
  /** For people of several departments; the campaign's own, when there is a campaign. */
  department?: string
  campaign?: string
  /** Something was imported. */
  onEnd?: () => void
}

export function ListImport({ source, importId, onImport, department, campaign, onEnd }: Props) {
  const ended = useCallback(() => onEnd?.(), [onEnd])
  const query = useImport(importId, ended)
  const fields = useCustomFields(importId !== undefined)
  // As long as the page is open, another sheet of the same workbook can be read.
  const [file, setFile] = useState<File>()
  if (importId === undefined) {
    if (source === 'sheets') return <SheetFetch department={department} onDone={it => onImport(it.id)} />
    const sent = (it: { id: string }, chosen: File) => {
      setFile(chosen)
      onImport(it.id)
    }
    return <ListUpload department={department} onDone={sent} />
  }
  if (query.error) return <ErrorState error={query.error} onAgain={() => void query.refetch()} />
  if (fields.error) return <ErrorState error={fields.error} onAgain={() => void fields.refetch()} />
  if (!query.data || !fields.data) return <Loading height={240} />
  const { state } = query.data
  if (state === 'uploaded' || state === 'validated') {
    return (
      <>
        <SheetChoice import_={query.data} file={file} onRead={it => onImport(it.id)} />
        <MappingForm
          key={query.data.id}
          import_={query.data}
          defined={fields.data.filter(field => !field.archived)}
          campaign={campaign}
          onCancel={() => onImport(undefined)}
        />
      </>
    )
  }
  return (
    <ImportProgress
      import_={query.data}
      isForCampaign={campaign !== undefined}
      onAnother={() => onImport(undefined)}
    />
  )
}
