/** Deletes a contact after saying what stays. */
import { useTranslation } from 'react-i18next'
import { Confirm } from '@/shared/confirm'
import { phone } from '@/shared/format'
import { tell } from '@/shared/notice'
import { type Contact, useRemoveContact } from './queries'

type Props = { contact: Contact; opened: boolean; onClose: () => void; onDeleted?: () => void }

export function DeleteContact({ contact, opened, onClose, onDeleted }: Props) {
  const { t } = useTranslation()
  const remove = useRemoveContact()
  const name = contact.name || phone(contact.phone)
  async function act() {
    await remove(contact.id)
    tell(t('contacts.deletedNotice', { name }))
    onDeleted?.()
  }
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('contacts.deleteTitle', { name })}
      consequence={t('contacts.deleteConsequence')}
      verb={t('contacts.deleteVerb')}
      act={act}
    />
  )
}
