/** The contact book: everybody whom campaigns may call. */
import { Button, Group, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAddressBook, IconDownload, IconTag, IconUserPlus } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { ListState } from '@/shared/list-state'
import { Page } from '@/shared/page'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { ContactDrawer } from './contact-drawer'
import { ContactTable } from './contact-table'
import { useContacts } from './queries'
import { type ContactSearch, contactSearch, exportAddress, NEW_LIST, parseContactSearch } from './search'
import { TagFilter } from './tag-filter'
import { TagsDrawer } from './tags-drawer'

export default function ContactsPage() {
  const { t } = useTranslation()
  const search = useSearch({ strict: false, select: parseContactSearch })
  const navigate = useNavigate()
  const [isAdding, adding] = useDisclosure(false)
  const [isTagging, tagging] = useDisclosure(false)
  const mayEdit = useMay('edit_contacts')
  const list = useContacts(search)
  function look(part: Partial<ContactSearch>) {
    void navigate({ to: '/contacts', search: contactSearch({ ...search, ...part }), replace: true })
  }
  return (
    <Page
      wide
      title={t('contacts.title')}
      actions={
        <>
          <Button variant="default" leftSection={<IconTag size={16} aria-hidden />} onClick={tagging.open}>
            {t('contacts.tags.title')}
          </Button>
          <ExportMenu search={search} />
          {mayEdit && (
            <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={adding.open}>
              {t('contacts.new')}
            </Button>
          )}
        </>
      }
    >
      <Group gap="xs" mb="sm">
        <SearchField
          label={t('contacts.search')}
          value={search.q}
          onSearch={q => look({ q })}
          width="min(320px, 100%)"
        />
        <TagFilter value={search.tag} onChange={tag => look({ tag })} />
      </Group>
      <ListState
        list={list}
        narrowed={Boolean(search.q || search.tag)}
        empty={<Beginning onAdd={adding.open} />}
      >
        <ContactTable
          rows={list.rows}
          hasMore={list.hasNextPage}
          onMore={() => void (list.isFetching || list.fetchNextPage())}
          onTag={tag => look({ tag })}
        />
      </ListState>
      <ContactDrawer opened={isAdding} onClose={adding.close} />
      <TagsDrawer
        opened={isTagging}
        onClose={tagging.close}
        onTag={tag => {
          tagging.close()
          look({ tag })
        }}
        onGone={(from, to) => search.tag.toLowerCase() === from && look({ tag: to })}
      />
    </Page>
  )
}

/** All that the search and the filter show, as a file. */
function ExportMenu({ search }: { search: ContactSearch }) {
  const { t } = useTranslation()
  if (!useMay('export_contacts')) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('contacts.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'xlsx', 'vcf'] as const).map(format => (
          <Menu.Item key={format} component="a" href={exportAddress(format, search)} download>
            {t(`contacts.exportAs.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
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
