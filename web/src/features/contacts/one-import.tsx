/** One list on its way into the contact book. Where there are several departments, whose contacts they become is asked first. */
import { SegmentedControl, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { useDepartments } from '@/shared/departments'
import { ListImport } from '@/shared/list-import/list-import'
import { type ListSource, SOURCES } from '@/shared/list-import/sheet'
import { Loading } from '@/shared/states'
import { NEW_LIST } from './search'

type Props = { list: string; from: ListSource; onShow: (id: string, from: ListSource) => void }

export function OneImport({ list, from, onShow }: Props) {
  const { t } = useTranslation()
  const { data } = useDepartments()
  const own = useMe().user.department_ids
  // Whoever has one of their own nearly always means that.
  const [department, setDepartment] = useState<string | null>(own.length === 1 ? (own[0] ?? null) : null)
  const isNew = list === NEW_LIST
  if (!data) return <Loading height={320} />
  const isOpen = data.length < 2 || department !== null || !isNew
  return (
    <Stack gap="md">
      {isNew && data.length > 1 && (
        <Select
          label={t('contacts.imports.department')}
          maw={320}
          withAsterisk
          data={data.map(({ id, name }) => ({ value: id, label: name }))}
          value={department}
          onChange={setDepartment}
        />
      )}
      {isNew && (
        <SegmentedControl
          aria-label={t('contacts.imports.source')}
          maw={320}
          data={SOURCES.map(value => ({ value, label: t(`contacts.imports.sources.${value}`) }))}
          value={from}
          onChange={value => onShow(NEW_LIST, value)}
        />
      )}
      {isOpen && (
        <ListImport
          source={from}
          importId={isNew ? undefined : list}
          department={department ?? undefined}
          onImport={id => onShow(id ?? NEW_LIST, from)}
        />
      )}
    </Stack>
  )
}
