/** Step 2: who is called. Three sources, and the list of those who are in. */
import { Stack, Text, UnstyledButton } from '@mantine/core'
import { IconAddressBook, IconFileImport, IconTable, type TablerIcon } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ListImport } from '@/shared/list-import/list-import'
import { isListSource } from '@/shared/list-import/sheet'
import { Panel } from '@/shared/panel'
import { ContactBook } from './contact-book'
import classes from './contacts-step.module.css'
import type { Campaign } from './draft'
import { Enrolled } from './enrolled'
import type { CreateSearch, People, Source } from './steps'

type Props = {
  campaign: Campaign
  people: People | undefined
  search: CreateSearch
  go: (search: CreateSearch) => void
}

export function ContactsStep({ campaign, people, search, go }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { id, department_id } = campaign
  const source = search.from
  const enrolled = useCallback(() => {
    void queries.invalidateQueries({ queryKey: ['campaign', id] })
    void queries.invalidateQueries({ queryKey: ['campaigns'] })
  }, [queries, id])
  const choose = (from: Source) => go({ step: 'contacts', from: search.from === from ? undefined : from })
  return (
    <Stack gap="md">
      <div className={classes.tiles}>
        <Tile
          icon={IconTable}
          word="sheets"
          open={search.from === 'sheets'}
          onOpen={() => choose('sheets')}
        />
        <Tile icon={IconFileImport} word="csv" open={search.from === 'csv'} onOpen={() => choose('csv')} />
        <Tile
          icon={IconAddressBook}
          word="book"
          open={search.from === 'book'}
          onOpen={() => choose('book')}
        />
      </div>
      {isListSource(source) && (
        <Panel title={t(`create.contacts.${source}`)}>
          <ListImport
            source={source}
            importId={search.import}
            onImport={it => go({ step: 'contacts', from: source, import: it })}
            department={department_id}
            campaign={id}
            onEnd={enrolled}
          />
        </Panel>
      )}
      {search.from === 'book' && (
        <Panel title={t('create.contacts.book')}>
          <ContactBook campaign={campaign} onAdded={enrolled} />
        </Panel>
      )}
      <Enrolled campaign={campaign} people={people} onChanged={enrolled} />
    </Stack>
  )
}

type TileProps = { icon: TablerIcon; word: Source; open: boolean; onOpen: () => void }

/** A source of people. */
function Tile({ icon: Icon, word, open, onOpen }: TileProps) {
  const { t } = useTranslation()
  return (
    <UnstyledButton
      className={classes.tile}
      aria-expanded={open}
      data-open={open || undefined}
      onClick={onOpen}
    >
      <Icon size={22} stroke={1.5} aria-hidden />
      <span>
        <b>{t(`create.contacts.${word}`)}</b>
        <Text span display="block" fz="sm" c="dimmed">
          {t(`create.contacts.${word}Hint`)}
        </Text>
      </span>
    </UnstyledButton>
  )
}
