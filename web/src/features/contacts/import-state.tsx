/** Where an import stands, as a color and a word; why it failed is one hover away. */
import { Text, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { Dot } from '@/shared/dot'
import { count, share } from '@/shared/format'
import type { Import } from './imports'

const TONES = {
  uploaded: 'draft',
  validated: 'draft',
  running: 'active',
  done: 'completed',
  failed: 'failed',
} as const

type State = keyof typeof TONES

function isState(word: string): word is State {
  return word in TONES
}

export function ImportState({ list }: { list: Import }) {
  const { t } = useTranslation()
  const state = isState(list.state) ? list.state : 'uploaded'
  const mark = (
    <Dot tone={list.undo ? 'draft' : TONES[state]}>
      {list.undo ? undone(list.undo) : t(`contacts.imports.states.${state}`)}
      {state === 'running' && ` ${share(list.done, list.rows)} %`}
    </Dot>
  )
  function undone(undo: NonNullable<Import['undo']>): string {
    if (undo.state === 'running') return t('contacts.imports.undoing')
    return t('contacts.imports.undone', {
      count: undo.contacts_removed,
      n: count(undo.contacts_removed, locale()),
    })
  }
  if (!list.note) return mark
  return (
    <Tooltip label={list.note}>
      <Text span tabIndex={0} td="underline dotted">
        {mark}
      </Text>
    </Tooltip>
  )
}
