/** The contact book: everybody whom campaigns may call. */
import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAddressBook, IconTag, IconUserPlus, IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { useContacts } from '@/shared/contact-filter/contacts'
import { facetsOf } from '@/shared/contact-filter/facets'
import { type ContactFilter, filterSearch, isNarrowed, parseFilter } from '@/shared/contact-filter/filter'
import { FilterButton } from '@/shared/contact-filter/filter-button'
import { FilterChips } from '@/shared/contact-filter/filter-chips'
import { SavedFilters } from '@/shared/contact-filter/saved-filters'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { BulkBar } from './bulk-bar'
import { ContactDrawer } from './contact-drawer'
import { ContactTable } from './contact-table'
import { ExportMenu } from './export-menu'
import { NEW_LIST } from './search'
import { NOTHING } from './selection'
import { TagsDrawer } from './tags-drawer'

export default function ContactsPage() {
  const { t } = useTranslation()
  const filter = useSearch({ strict: false, select: parseFilter })
  const navigate = useNavigate()
  const [isAdding, adding] = useDisclosure(false)
  const [isTagging, tagging] = useDisclosure(false)
  const mayEdit = useMay('edit_contacts')
  const list = useContacts(filter)
  const [selection, setSelection] = useState(NOTHING)
  // Who is chosen was chosen from what was shown.
  const shown = JSON.stringify(filterSearch(filter))
  const [chosenFrom, setChosenFrom] = useState(shown)
  if (chosenFrom !== shown) {
    setChosenFrom(shown)
    setSelection(NOTHING)
  }
  function look(next: ContactFilter) {
    void navigate({ to: '/contacts', search: filterSearch(next), replace: true })
  }
  return (
    <Page
      wide
      title={t('contacts.title')}
      actions={<Actions filter={filter} onTags={tagging.open} onAdd={adding.open} />}
    >
      <Narrowing filter={filter} onChange={look} />
      <ListState list={list} narrowed={isNarrowed(filter)} empty={<Beginning onAdd={adding.open} />}>
        <ContactTable
          rows={list.rows}
          hasMore={list.hasNextPage}
          onMore={() => void (list.isFetching || list.fetchNextPage())}
          onTag={tag => look({ ...filter, tag })}
          selection={selection}
          hasChips={facetsOf(filter).length > 0}
          onSelect={mayEdit ? setSelection : undefined}
        />
      </ListState>
      <BulkBar
        selection={selection}
        filter={filter}
        rows={list.rows}
        hasMore={list.hasNextPage}
        onSelect={setSelection}
      />
      <ContactDrawer opened={isAdding} onClose={adding.close} />
      <TagsDrawer
        opened={isTagging}
        onClose={tagging.close}
        onTag={tag => {
          tagging.close()
          look({ ...filter, tag })
        }}
        onGone={(from, to) => filter.tag.toLowerCase() === from && look({ ...filter, tag: to })}
      />
    </Page>
  )
}

/** What can be done besides looking at the list. */
function Actions({
  filter,
  onTags,
  onAdd,
}: {
  filter: ContactFilter
  onTags: () => void
  onAdd: () => void
}) {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_contacts')
  return (
    <>
      <Button variant="default" leftSection={<IconTag size={16} aria-hidden />} onClick={onTags}>
        {t('contacts.tags.title')}
      </Button>
      {mayEdit && (
        <Button
          variant="default"
          leftSection={<IconUsersGroup size={16} aria-hidden />}
          renderRoot={props => <Link to="/contacts/duplicates" {...props} />}
        >
          {t('contacts.duplicates.title')}
        </Button>
      )}
      <ExportMenu filter={filter} />
      {mayEdit && (
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={onAdd}>
          {t('contacts.new')}
        </Button>
      )}
    </>
  )
}

/** Search, filters, and what of them is set. */
function Narrowing({ filter, onChange }: { filter: ContactFilter; onChange: (next: ContactFilter) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Group gap="xs" mb="sm">
        <SearchField
          label={t('contacts.search')}
          value={filter.q}
          onSearch={q => onChange({ ...filter, q })}
          width="min(320px, 100%)"
        />
        <FilterButton filter={filter} onChange={onChange} />
        <SavedFilters filter={filter} onChoose={onChange} />
      </Group>
      <FilterChips filter={filter} onChange={onChange} />
    </>
  )
}

function Beginning({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_contacts')
  return (
    <EmptyState
      icon={<IconAddressBook size={32} stroke={1.4} aria-hidden />}
      title={t('contacts.emptyTitle')}
      text={t('contacts.empty')}
      action={
        <Group gap="xs" justify="center">
          <Button renderRoot={props => <Link to="/imports" search={{ list: NEW_LIST }} {...props} />}>
            {t('contacts.emptyAction')}
          </Button>
          {mayEdit && (
            <Button variant="default" onClick={onAdd}>
              {t('contacts.new')}
            </Button>
          )}
        </Group>
      }
    />
  )
}
