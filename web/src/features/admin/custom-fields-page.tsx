/** Custom fields: what an organization keeps about contacts beside what every contact has. */
import { Button, Stack, Text, Title } from '@mantine/core'
import { IconForms, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { Confirm } from '@/shared/confirm'
import { type CustomField, useCustomFields } from '@/shared/custom-fields'
import { useLast } from '@/shared/last'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { EmptyState } from '@/shared/states'
import { CustomFieldDrawer } from './custom-field-drawer'
import { useArchive } from './custom-field-queries'
import { ArchivedFields, FieldList } from './custom-field-table'

export default function CustomFieldsPage() {
  const { t } = useTranslation()
  const mayManage = useMay('manage_custom_fields')
  const query = useCustomFields()
  const all = query.data ?? []
  const archived = all.filter(field => field.archived)
  const [edited, setEdited] = useState<CustomField | 'new' | null>(null)
  const [leaving, setLeaving] = useState<CustomField | null>(null)
  const add = mayManage && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('admin.customFields.new')}
    </Button>
  )
  return (
    <Page title={t('admin.customFields.title')} actions={add}>
      <Text c="dimmed" mb="sm">
        {t('admin.customFields.lead')}
      </Text>
      <ListState
        list={{ ...query, rows: all }}
        empty={
          <EmptyState
            icon={<IconForms size={32} stroke={1.4} aria-hidden />}
            title={t('admin.customFields.emptyTitle')}
            text={t('admin.customFields.lead')}
            action={add}
          />
        }
      >
        <Stack gap="lg">
          <FieldList
            fields={all.filter(field => !field.archived)}
            mayManage={mayManage}
            onEdit={setEdited}
            onArchive={setLeaving}
          />
          {archived.length > 0 && (
            <section>
              <Title order={2}>{t('admin.customFields.archivedTitle')}</Title>
              <Text c="dimmed" fz="sm" mb={6}>
                {t('admin.customFields.archivedHint')}
              </Text>
              <ArchivedFields fields={archived} mayManage={mayManage} />
            </section>
          )}
        </Stack>
      </ListState>
      <CustomFieldDrawer edited={edited} onClose={() => setEdited(null)} />
      <ArchiveField field={leaving} onClose={() => setLeaving(null)} />
    </Page>
  )
}

function ArchiveField({ field, onClose }: { field: CustomField | null; onClose: () => void }) {
  const { t } = useTranslation()
  const archive = useArchive()
  const shown = useLast(field)
  return (
    <Confirm
      opened={field !== null}
      onClose={onClose}
      danger={false}
      title={t('admin.customFields.archiveTitle', { label: shown?.label ?? '' })}
      consequence={t('admin.customFields.archiveWhat')}
      verb={t('admin.customFields.archiveVerb')}
      act={async () => {
        if (shown) await archive(shown, true)
      }}
    />
  )
}
