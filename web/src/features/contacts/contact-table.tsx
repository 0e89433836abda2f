/** The contact book as a table of any length. */
import { Checkbox, Group, Pill, Text, UnstyledButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDepartmentName } from '@/shared/departments'
import { Phone, When } from '@/shared/marks'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import type { Contact } from './queries'
import { isChosen, isEmpty, type Selection, toggled, toggledShown } from './selection'

/** What stands above the table, the bar below it when rows are chosen, and the chips of filters. Pixels. */
const ABOVE = 202
const BAR = 56
const CHIPS = 40

type Props = {
  rows: Contact[]
  hasMore: boolean
  onMore: () => void
  onTag: (tag: string) => void
  selection: Selection
  /** Chips of filters stand above it, too. */
  hasChips: boolean
  /** Absent: this person changes nothing. */
  onSelect?: (selection: Selection) => void
}

export function ContactTable({ rows, hasMore, onMore, onTag, selection, hasChips, onSelect }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const departmentName = useDepartmentName()
  const tags = (contact: Contact) => <Tags tags={contact.tags} onTag={onTag} />
  const hasDepartments = rows.some(row => departmentName(row.department_id))
  const order = rows.map(row => row.id)
  const choose =
    onSelect &&
    ((contact: Contact, isRange: boolean) => onSelect(toggled(selection, contact.id, order, isRange)))
  const box = (contact: Contact) =>
    choose && <Box contact={contact} selection={selection} onChoose={isRange => choose(contact, isRange)} />
  const all = onSelect && (
    <AllBox order={order} selection={selection} onChange={() => onSelect(toggledShown(selection, order))} />
  )
  const taken = ABOVE + (isEmpty(selection) ? 0 : BAR) + (hasChips ? CHIPS : 0)
  const columns: Column<Contact>[] = [
    ...(all ? [{ key: 'box', title: t('contacts.bulk.column'), head: all, width: '24px', cell: box }] : []),
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
      narrow={contact => (
        <Group gap="sm" wrap="nowrap">
          {box(contact)}
          <div style={{ minWidth: 0 }}>{narrow(contact)}</div>
        </Group>
      )}
      onChoose={choose}
      hasMore={hasMore}
      onMore={onMore}
      height={`calc(100dvh - ${taken}px - var(--page-bar))`}
      onOpen={contact => void navigate({ to: '/contacts/$contactId', params: { contactId: contact.id } })}
    />
  )
}

type BoxProps = { contact: Contact; selection: Selection; onChoose: (isRange: boolean) => void }

/** A click in its cell chooses the row and does not open it; shift chooses all since the last one. */
function Box({ contact, selection, onChoose }: BoxProps) {
  const { t } = useTranslation()
  return (
    <Checkbox
      size="sm"
      aria-label={t('contacts.bulk.choose', { name: contact.name || contact.phone })}
      checked={isChosen(selection, contact.id)}
      onChange={() => undefined}
      onClick={event => {
        event.stopPropagation()
        onChoose(event.shiftKey)
      }}
    />
  )
}

type AllProps = { order: string[]; selection: Selection; onChange: () => void }

function AllBox({ order, selection, onChange }: AllProps) {
  const { t } = useTranslation()
  const chosen = order.filter(id => isChosen(selection, id)).length
  const hasAll = chosen === order.length
  return (
    <Checkbox
      size="sm"
      aria-label={t('contacts.bulk.chooseShown')}
      checked={hasAll && chosen > 0}
      indeterminate={chosen > 0 && !hasAll}
      onChange={onChange}
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
