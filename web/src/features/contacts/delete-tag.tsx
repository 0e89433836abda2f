/** Takes a tag away from everybody who has it; the do-not-call list is never shortened by it. */
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { Confirm } from '@/shared/confirm'
import { count } from '@/shared/format'
import { tell } from '@/shared/notice'
import { contactsOf } from '@/shared/tags'
import type { TagActProps } from './rename-tag'
import { isDoNotCall, useTagChanges } from './tags'

export function DeleteTag({ tag, opened, onClose, onGone }: TagActProps) {
  const { t } = useTranslation()
  const { remove } = useTagChanges()
  const name = tag?.tag ?? ''
  async function act() {
    const changed = await remove(name)
    tell(t('contacts.tags.changed', { count: changed, n: count(changed, locale()) }))
    onGone(name, '')
  }
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('contacts.tags.deleteTitle', { tag: name })}
      verb={t('contacts.tags.deleteVerb')}
      act={act}
      consequence={
        <>
          {tag && t('contacts.tags.deleteWhat', { count: tag.contacts, n: contactsOf(tag, locale()) })}{' '}
          {isDoNotCall(name) && t('contacts.tags.staysListed')}
        </>
      }
    />
  )
}
