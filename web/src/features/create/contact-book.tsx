/** Add from Contacts: the filters of the contact book narrow it; some rows, or all that match, join the campaign. */
import { Checkbox, Group, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Contact, useContacts } from '@/shared/contact-filter/contacts'
import { type ContactFilter, filterSearch, isNarrowed, parseFilter } from '@/shared/contact-filter/filter'
import { FilterButton } from '@/shared/contact-filter/filter-button'
import { FilterChips } from '@/shared/contact-filter/filter-chips'
import { SavedFilters } from '@/shared/contact-filter/saved-filters'
import { ListState } from '@/shared/list-state'
import { Phone } from '@/shared/marks'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { AddButtons } from './add-buttons'
import type { Campaign } from './draft'
import type { CreateSearch } from './steps'

export function ContactBook({ campaign, onAdded }: { campaign: Campaign; onAdded: () => void }) {
  const { t } = useTranslation()
  const [filter, look] = useBookFilter()
  // Who is chosen was chosen from what was shown.
  const shown = JSON.stringify(filterSearch(filter))
  const [{ from, chosen }, setChoice] = useState(() => nobodyOf(shown))
  if (from !== shown) setChoice(nobodyOf(shown))
  // Only contacts of the campaign's department can join it.
  const list = useContacts({ ...filter, department_id: campaign.department_id })
  function toggle(id: string) {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChoice({ from, chosen: next })
  }
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <SearchField
          value={filter.q}
          onSearch={q => look({ ...filter, q })}
          label={t('create.book.search')}
          width="min(320px, 100%)"
        />
        <FilterButton filter={filter} onChange={look} ofOneDepartment />
        <SavedFilters filter={filter} onChoose={look} />
      </Group>
      <FilterChips filter={filter} onChange={look} />
      <ListState
        list={list}
        narrowed={isNarrowed(filter)}
        height={280}
        empty={<EmptyState title={t('create.book.emptyTitle')} text={t('create.book.empty')} />}
      >
        <VirtualTable
          label={t('create.contacts.book')}
          columns={useColumns(chosen, toggle)}
          rows={list.rows}
          rowKey={it => it.id}
          narrow={it => <NarrowRow contact={it} checked={chosen.has(it.id)} onToggle={() => toggle(it.id)} />}
          hasMore={list.hasNextPage && !list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
          height={320}
        />
      </ListState>
      <AddButtons
        campaign={campaign}
        filter={filter}
        chosen={chosen}
        isEmpty={list.rows.length === 0}
        onAdded={() => {
          setChoice(nobodyOf(shown))
          onAdded()
        }}
      />
    </Stack>
  )
}

function nobodyOf(shown: string): { from: string; chosen: ReadonlySet<string> } {
  return { from: shown, chosen: new Set() }
}

/** The filter in the address; the department is the campaign's, also when a saved filter names another. */
function useBookFilter(): [ContactFilter, (next: ContactFilter) => void] {
  const filter = useSearch({ strict: false, select: parseFilter })
  const navigate = useNavigate()
  const here: CreateSearch = { step: 'contacts', from: 'book' }
  function look(next: ContactFilter) {
    const search = { ...here, ...filterSearch({ ...next, department_id: '' }) }
    void navigate({ to: '.', search: () => search, replace: true })
  }
  return [{ ...filter, department_id: '' }, look]
}

function Tick({ contact, checked, onToggle }: { contact: Contact; checked: boolean; onToggle: () => void }) {
  const { t } = useTranslation()
  const name = contact.name || contact.phone
  return (
    <Checkbox
      checked={checked}
      onChange={onToggle}
      aria-label={t('create.book.choose', { name })}
      size="sm"
    />
  )
}

function useColumns(chosen: ReadonlySet<string>, toggle: (id: string) => void): Column<Contact>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'tick',
      title: t('create.book.chosen'),
      unseen: true,
      width: '28px',
      cell: it => <Tick contact={it} checked={chosen.has(it.id)} onToggle={() => toggle(it.id)} />,
    },
    { key: 'name', title: t('create.list.name'), width: 'minmax(120px, 2fr)', cell: it => it.name || '–' },
    { key: 'phone', title: t('create.list.phone'), width: '150px', cell: it => <Phone number={it.phone} /> },
    { key: 'company', title: t('create.list.company'), width: 'minmax(90px, 1fr)', cell: it => it.company },
    { key: 'tags', title: t('create.list.tags'), width: 'minmax(90px, 1fr)', cell: it => it.tags.join(', ') },
  ]
}

function NarrowRow(props: { contact: Contact; checked: boolean; onToggle: () => void }) {
  const { name, phone, tags } = props.contact
  return (
    <Group gap="sm" wrap="nowrap">
      <Tick {...props} />
      <div>
        <div>{name || '–'}</div>
        <Text fz="sm" c="dimmed">
          <Phone number={phone} /> {tags.join(', ')}
        </Text>
      </div>
    </Group>
  )
}
