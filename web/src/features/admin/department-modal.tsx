/** Names a department: a new one, or one that is called otherwise from now on. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '@/api/client'
import type { Department } from '@/shared/departments'
import { newerVersion, useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { useLast } from '@/shared/last'

type Props = { named: Department | 'new' | null; onClose: () => void }

export function DepartmentModal({ named, onClose }: Props) {
  const { t } = useTranslation()
  const shown = useLast(named)
  const title = shown === 'new' ? t('admin.departments.new') : t('admin.departments.rename')
  return (
    <Modal opened={named !== null} onClose={onClose} title={title}>
      <Naming department={shown === 'new' || shown === null ? undefined : shown} onClose={onClose} />
    </Modal>
  )
}

function Naming({ department, onClose }: { department: Department | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [known, setKnown] = useState(department)
  const saving = useMutation({
    mutationFn: ({ name }: { name: string }) =>
      known
        ? body(
            client.PATCH('/api/v1/departments/{id}', {
              params: { path: { id: known.id } },
              body: { version: known.version, name },
            }),
          )
        : body(client.POST('/api/v1/departments', { body: { name } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['departments'] })
      onClose()
    },
  })
  const fields = useFields({ name: department?.name ?? '' }, saving.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    saving.mutate(fields.values)
  }
  function loadNewer() {
    const newer = newerVersion<Department>(saving.error)
    if (!newer) return
    setKnown(newer)
    fields.set('name', newer.name)
    saving.reset()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput label={t('admin.departments.name')} withAsterisk data-autofocus {...fields.text('name')} />
        <FormProblem error={saving.error} fields={['name']} onNewer={loadNewer} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shared.action.cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {known ? t('admin.departments.renameVerb') : t('admin.departments.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
