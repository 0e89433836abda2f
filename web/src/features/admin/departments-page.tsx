/** Departments: whose contacts, campaigns and recordings are whose. */
import { Button, Text } from '@mantine/core'
import { IconBuilding, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { type Department, useDepartments } from '@/shared/departments'
import { ListState } from '@/shared/list-state'
import { When } from '@/shared/marks'
import { Page } from '@/shared/page'
import { EmptyState } from '@/shared/states'
import { VirtualTable } from '@/shared/virtual-table'
import { DepartmentModal } from './department-modal'

export default function DepartmentsPage() {
  const { t } = useTranslation()
  const query = useDepartments()
  const list = { ...query, rows: query.data ?? [] }
  const [named, setNamed] = useState<Department | 'new' | null>(null)
  const mayManage = useMay('manage_departments')
  const add = mayManage && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNamed('new')}>
      {t('admin.departments.new')}
    </Button>
  )
  return (
    <Page title={t('admin.departments.title')} actions={add}>
      <Text c="dimmed" mb="sm">
        {t('admin.departments.lead')}
      </Text>
      <ListState
        list={list}
        empty={
          <EmptyState
            icon={<IconBuilding size={32} stroke={1.4} aria-hidden />}
            title={t('admin.departments.emptyTitle')}
            text={t('admin.departments.lead')}
            action={add}
          />
        }
      >
        <VirtualTable
          label={t('admin.departments.title')}
          rows={list.rows}
          rowKey={department => department.id}
          onOpen={mayManage ? setNamed : undefined}
          narrow={department => (
            <>
              <Text fw={600} truncate>
                {department.name}
              </Text>
              <Text fz="sm" c="dimmed">
                {t('admin.created')} <When at={department.created_at} />
              </Text>
            </>
          )}
          columns={[
            {
              key: 'name',
              title: t('admin.departments.name'),
              width: 'minmax(140px, 3fr)',
              cell: department => department.name,
            },
            {
              key: 'created',
              title: t('admin.created'),
              width: '140px',
              right: true,
              cell: department => <When at={department.created_at} />,
            },
          ]}
        />
      </ListState>
      <DepartmentModal named={named} onClose={() => setNamed(null)} />
    </Page>
  )
}
