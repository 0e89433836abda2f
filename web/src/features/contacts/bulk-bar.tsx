/** What can be done with the chosen contacts; at the foot of the page, in reach of a thumb. */
import { Button, CloseButton, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import type { ContactFilter } from '@/shared/contact-filter/filter'
import { count } from '@/shared/format'
import { useLast } from '@/shared/last'
import classes from './bulk-bar.module.css'
import { BulkModal } from './bulk-modal'
import { BULK_ACTS, type BulkAct, useMatched } from './bulk-queries'
import type { Contact } from './queries'
import { ALL, isEmpty, NOTHING, type Selection } from './selection'

type Props = {
  selection: Selection
  filter: ContactFilter
  /** Rows that are loaded, for names. */
  rows: Contact[]
  hasMore: boolean
  onSelect: (selection: Selection) => void
}

export function BulkBar({ selection, filter, rows, hasMore, onSelect }: Props) {
  const { t } = useTranslation()
  const [act, setAct] = useState<BulkAct | null>(null)
  const shown = useLast(act)
  const isOpen = !isEmpty(selection)
  const isMore = !selection.isAll && (hasMore || selection.ids.size < rows.length)
  const { data: matched } = useMatched(filter, isOpen && (selection.isAll || isMore))
  if (!isOpen && act === null) return null
  const known = selection.isAll ? matched : { matched: selection.ids.size, at_least: false }
  const n = known && `${count(known.matched, locale())}${known.at_least ? '+' : ''}`
  const all = matched && `${count(matched.matched, locale())}${matched.at_least ? '+' : ''}`
  return (
    <>
      {isOpen && (
        <section className={classes.bar} aria-label={t('contacts.bulk.title')}>
          <Text fw={600} role="status" className={classes.chosen}>
            {n === undefined
              ? t('contacts.bulk.allChosen')
              : t('contacts.bulk.chosen', { count: known?.matched ?? 0, n })}
          </Text>
          {isMore && (
            <Button variant="subtle" size="compact-sm" onClick={() => onSelect(ALL)}>
              {all ? t('contacts.bulk.selectAllOf', { n: all }) : t('contacts.bulk.selectAll')}
            </Button>
          )}
          <div className={classes.acts}>
            {BULK_ACTS.map(name => (
              <Button
                key={name}
                size="compact-md"
                variant="default"
                color={name === 'delete' ? 'red' : undefined}
                onClick={() => setAct(name)}
              >
                {t(`contacts.bulk.act.${name}`)}
              </Button>
            ))}
          </div>
          <CloseButton
            className={classes.close}
            aria-label={t('contacts.bulk.none')}
            onClick={() => onSelect(NOTHING)}
          />
        </section>
      )}
      {shown && (
        <BulkModal
          act={shown}
          opened={act !== null}
          selection={selection}
          filter={filter}
          people={known}
          rows={rows}
          onClose={() => setAct(null)}
          onDone={() => onSelect(NOTHING)}
        />
      )}
    </>
  )
}
