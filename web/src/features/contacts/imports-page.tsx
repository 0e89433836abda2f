/** Lists that were brought: what became of their rows, what was rejected, the way back; and how one is brought. */
import { Button } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ListSource, sourceOf } from '@/shared/list-import/sheet'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { ImportTable } from './import-table'
import { type Import, useImports } from './imports'
import { ImportsBeginning } from './imports-beginning'
import { OneImport } from './one-import'
import { importSearch, NEW_LIST, parseImportSearch } from './search'
import { UndoImport } from './undo-import'

export default function ImportsPage() {
  const { t } = useTranslation()
  const { list, from } = useSearch({ strict: false, select: parseImportSearch })
  const navigate = useNavigate()
  const show = (id?: string, source: ListSource = 'csv') =>
    void navigate({ to: '/imports', search: importSearch({ list: id, from: source }) })
  const back = (
    <Button variant="default" onClick={() => show()}>
      {t('contacts.imports.back')}
    </Button>
  )
  const upload = (
    <Button leftSection={<IconUpload size={16} aria-hidden />} onClick={() => show(NEW_LIST)}>
      {t('contacts.imports.upload')}
    </Button>
  )
  if (list) {
    return (
      <Page title={t('contacts.imports.newTitle')} actions={back}>
        <OneImport list={list} from={from} onShow={show} />
      </Page>
    )
  }
  return (
    <Page wide title={t('contacts.imports.title')} actions={upload}>
      <AllImports onOpen={show} upload={upload} />
    </Page>
  )
}

type AllProps = { onOpen: (id: string, source: ListSource) => void; upload: ReactNode }

function AllImports({ onOpen, upload }: AllProps) {
  const list = useImports()
  const [undoing, setUndoing] = useState<Import | null>(null)
  return (
    <>
      <ListState list={list} empty={<ImportsBeginning action={upload} />}>
        <ImportTable
          rows={list.rows}
          hasMore={list.hasNextPage}
          onMore={() => void (list.isFetching || list.fetchNextPage())}
          onOpen={it => onOpen(it.id, sourceOf(it))}
          onUndo={setUndoing}
        />
      </ListState>
      <UndoImport list={undoing} onClose={() => setUndoing(null)} />
    </>
  )
}
