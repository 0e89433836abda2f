/** A new contact, or one to be changed, beside the page that it belongs to. */
import { Drawer } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tell } from '@/shared/notice'
import { ContactForm } from './contact-form'
import type { Contact } from './queries'

type Props = { opened: boolean; contact?: Contact; onClose: () => void; onSaved?: (contact: Contact) => void }

export function ContactDrawer({ opened, contact, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={contact ? t('contacts.editTitle') : t('contacts.newTitle')}
    >
      <Editing contact={contact} onClose={onClose} onSaved={onSaved} />
    </Drawer>
  )
}

/** Made anew each time the drawer opens; keeps the version that is being changed. */
function Editing({ contact, onClose, onSaved }: Omit<Props, 'opened'>) {
  const { t } = useTranslation()
  const [known, setKnown] = useState(contact)
  function saved(next: Contact) {
    tell(contact ? t('contacts.savedNotice') : t('contacts.addedNotice', { name: next.name || next.phone }))
    onClose()
    onSaved?.(next)
  }
  return <ContactForm contact={known} onSaved={saved} onCancel={onClose} onNewer={setKnown} />
}
