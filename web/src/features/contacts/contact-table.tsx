/** The contact book as a table of any length. */
import { Group, Pill, Text, UnstyledButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDepartmentName } from '@/shared/departments'
import { Phone, When } from '@/shared/marks'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import type { Contact } from './queries'

type Props = {
  rows: Contact[]
  hasMore: boolean
  onMore: () => void
  onTag: (tag: string) => void
}

export function ContactTable({ rows, hasMore, onMore, onTag }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const departmentName = useDepartmentName()
  const tags = (contact: Contact) => <Tags tags={contact.tags} onTag={onTag} />
  const hasDepartments = rows.some(row => departmentName(row.department_id))
  const columns: Column<Contact>[] = [
    { key: 'name', title: t('contacts.field.name'), width: 'minmax(140px, 2fr)', cell: name },
    {
      key: 'phone',
      title: t('contacts.field.phone'),
      width: '150px',
      cell: contact => <Phone number={contact.phone} />,
    },
    {
      key: 'email',
      title: t('contacts.field.email'),
      width: 'minmax(120px, 2fr)',
      cell: contact => contact.email || <Nothing />,
    },
    {
      key: 'company',
      title: t('contacts.field.company'),
      width: 'minmax(100px, 1.4fr)',
      cell: contact => contact.company || <Nothing />,
    },
    { key: 'tags', title: t('contacts.field.tags'), width: 'minmax(120px, 1.6fr)', cell: tags },
    ...(hasDepartments ? [departmentColumn(t('contacts.field.department_id'), departmentName)] : []),
    {
      key: 'added',
      title: t('contacts.added'),
      width: '120px',
      right: true,
      cell: contact => <When at={contact.created_at} />,
    },
  ]
  return (
    <VirtualTable
      label={t('contacts.title')}
      columns={columns}
      rows={rows}
      rowKey={contact => contact.id}
      narrow={narrow}
      hasMore={hasMore}
      onMore={onMore}
      height="calc(100dvh - 202px - var(--page-bar))"
      onOpen={contact => void navigate({ to: '/contacts/$contactId', params: { contactId: contact.id } })}
    />
  )
}

function departmentColumn(title: string, name: (id: string) => string | undefined): Column<Contact> {
  return {
    key: 'department',
    title,
    width: 'minmax(90px, 1fr)',
    cell: contact => name(contact.department_id),
  }
}

function Nothing() {
  return (
    <Text span c="dimmed">
      –
    </Text>
  )
}

function name(contact: Contact): ReactNode {
  return contact.name || <Nothing />
}

function narrow(contact: Contact): ReactNode {
  return (
    <>
      <Text truncate fw={600}>
        {contact.name || <Phone number={contact.phone} />}
      </Text>
      <Text truncate fz="sm" c="dimmed">
        <Phone number={contact.phone} />
        {contact.company && ` · ${contact.company}`}
      </Text>
    </>
  )
}

/** A click on a tag shows the contacts that have it. */
function Tags({ tags, onTag }: { tags: string[]; onTag: (tag: string) => void }) {
  const { t } = useTranslation()
  if (tags.length === 0) return <Nothing />
  return (
    <Group gap={4} wrap="nowrap">
      {tags.map(tag => (
        <UnstyledButton
          key={tag}
          aria-label={t('contacts.filterByTag', { tag })}
          onClick={event => {
            event.stopPropagation()
            onTag(tag)
          }}
        >
          <Pill size="sm">{tag}</Pill>
        </UnstyledButton>
      ))}
    </Group>
  )
}
