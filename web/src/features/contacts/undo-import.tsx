/** Asks before an import is taken back, and says who would leave and who would stay. */
import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { Confirm } from '@/shared/confirm'
import { count } from '@/shared/format'
import { useLast } from '@/shared/last'
import { Loading } from '@/shared/states'
import { type Import, undoLines, useUndo, useUndoOutlook } from './imports'

export function UndoImport({ list, onClose }: { list: Import | null; onClose: () => void }) {
  const { t } = useTranslation()
  const undo = useUndo()
  const asked = useLast(list)
  const { data } = useUndoOutlook(asked?.id)
  const lines = data && undoLines(data)
  return (
    <Confirm
      opened={list !== null}
      onClose={onClose}
      title={t('contacts.imports.undoTitle', { name: asked?.file_name })}
      consequence={
        <Stack gap={4}>
          {lines?.map(({ word, n }) => (
            <Text key={word}>
              {t(`contacts.imports.undoLine.${word}`, { count: n, n: count(n, locale()) })}
            </Text>
          ))}
          {!lines && <Loading height={48} />}
          <Text>{t('contacts.imports.undoRest')}</Text>
        </Stack>
      }
      verb={t('contacts.imports.undo')}
      act={async () => list && (await undo(list.id))}
    />
  )
}
