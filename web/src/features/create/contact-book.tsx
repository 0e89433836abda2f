/** Add from Contacts: search and tag narrow the book; some rows, or all that match, join the campaign. */
import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { ListState } from '@/shared/list-state'
import { Phone } from '@/shared/marks'
import { PAGE_ROWS, usePaged } from '@/shared/paged'
import { SearchField } from '@/shared/search-field'
import { EmptyState } from '@/shared/states'
import { type Column, VirtualTable } from '@/shared/virtual-table'
import { AddButtons } from './add-buttons'
import type { Campaign } from './draft'

type Contact = Schemas['ContactView']
export type Filter = { q: string; tag: string }

/** How long typing rests before a tag is looked for. Milliseconds. */
const REST = 250

export function ContactBook({ campaign, onAdded }: { campaign: Campaign; onAdded: () => void }) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const [tag, setTag] = useState('')
  const [tagAtRest] = useDebouncedValue(tag.trim(), REST)
  const filter = { q, tag: tagAtRest }
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const list = useContacts(filter)
  // Only contacts of the campaign's department can join it.
  const rows = list.rows.filter(it => it.department_id === campaign.department_id)
  function toggle(id: string) {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <SearchField value={q} onSearch={setQ} label={t('create.book.search')} />
        <TextInput
          aria-label={t('create.book.tag')}
          placeholder={t('create.book.tag')}
          w={180}
          value={tag}
          onChange={event => setTag(event.currentTarget.value)}
        />
      </Group>
      <ListState
        list={{ ...list, rows }}
        narrowed={q !== '' || tagAtRest !== ''}
        height={280}
        empty={<EmptyState title={t('create.book.emptyTitle')} text={t('create.book.empty')} />}
      >
        <VirtualTable
          label={t('create.contacts.book')}
          columns={useColumns(chosen, toggle)}
          rows={rows}
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
        isEmpty={rows.length === 0}
        onAdded={() => {
          setChosen(new Set())
          onAdded()
        }}
      />
    </Stack>
  )
}

function useContacts({ q, tag }: Filter) {
  return usePaged(['contacts', 'list', { q, tag }], cursor =>
    body(
      client.GET('/api/v1/contacts', {
        params: { query: { limit: PAGE_ROWS, cursor, q: q || undefined, tag: tag || undefined } },
      }),
    ),
  )
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
