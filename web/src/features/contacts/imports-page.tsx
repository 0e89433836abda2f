/** Lists that were brought: what became of their rows, what was rejected, and the way back. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { Confirm } from '@/shared/confirm'
import { count } from '@/shared/format'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { ImportTable } from './import-table'
import { type Import, useImports, useUndo } from './imports'
import { ImportsBeginning } from './imports-beginning'

export default function ImportsPage() {
  const { t } = useTranslation()
  const list = useImports()
  const undo = useUndo()
  const [undoing, setUndoing] = useState<Import | null>(null)
  return (
    <Page wide title={t('contacts.imports.title')}>
      <ListState list={list} empty={<ImportsBeginning />}>
        <ImportTable
          rows={list.rows}
          hasMore={list.hasNextPage}
          onMore={() => void (list.isFetching || list.fetchNextPage())}
          onUndo={setUndoing}
        />
      </ListState>
      <Confirm
        opened={undoing !== null}
        onClose={() => setUndoing(null)}
        title={t('contacts.imports.undoTitle', { name: undoing?.file_name })}
        consequence={t('contacts.imports.undoConsequence', {
          count: undoing?.imported ?? 0,
          n: count(undoing?.imported ?? 0, locale()),
        })}
        verb={t('contacts.imports.undo')}
        act={async () => undoing && (await undo(undoing.id))}
      />
    </Page>
  )
}
