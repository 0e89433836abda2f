/** One contact: how they are reached, what is known of them, what was noted. */
import { Button, Pill, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { inOrder, labelOf, useCustomFields } from '@/shared/custom-fields'
import { useDepartmentName } from '@/shared/departments'
import { Fact, Facts } from '@/shared/facts'
import { phone } from '@/shared/format'
import { Phone, When } from '@/shared/marks'
import { Page } from '@/shared/page'
import { ErrorState, Loading } from '@/shared/states'
import { CallHistory } from './call-history'
import { ContactDrawer } from './contact-drawer'
import { shownValue } from './custom-values'
import { DeleteContact } from './delete-contact'
import { type Contact, useContact } from './queries'

export default function ContactPage() {
  const { t } = useTranslation()
  const { contactId = '' } = useParams({ strict: false })
  const { data, error, refetch } = useContact(contactId)
  if (error) return <ErrorState error={error} onAgain={() => void refetch()} />
  if (!data) {
    return (
      <Page title={t('contacts.one')}>
        <Loading height={320} />
      </Page>
    )
  }
  return <Shown contact={data} />
}

function Shown({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isEditing, editing] = useDisclosure(false)
  const [isDeleting, deleting] = useDisclosure(false)
  const mayEdit = useMay('edit_contacts')
  return (
    <Page
      title={contact.name || phone(contact.phone)}
      actions={
        mayEdit && (
          <>
            <Button variant="default" color="red" onClick={deleting.open}>
              {t('contacts.deleteVerb')}
            </Button>
            <Button onClick={editing.open}>{t('contacts.editTitle')}</Button>
          </>
        )
      }
    >
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="lg">
          <Reached contact={contact} />
          <Known contact={contact} />
        </SimpleGrid>
        <section>
          <Title order={2} mb={6}>
            {t('contacts.field.notes')}
          </Title>
          <Text style={{ whiteSpace: 'pre-wrap' }} c={contact.notes ? undefined : 'dimmed'}>
            {contact.notes || t('shared.state.none')}
          </Text>
        </section>
        <CallHistory contact={contact.id} />
      </Stack>
      <ContactDrawer opened={isEditing} contact={contact} onClose={editing.close} />
      <DeleteContact
        contact={contact}
        opened={isDeleting}
        onClose={deleting.close}
        onDeleted={() => void navigate({ to: '/contacts' })}
      />
    </Page>
  )
}

function Reached({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const department = useDepartmentName()(contact.department_id)
  return (
    <Facts title={t('contacts.reached')}>
      <Fact name={t('contacts.field.phone')}>
        <Phone number={contact.phone} copy />
      </Fact>
      <Fact name={t('contacts.field.email')}>
        {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
      </Fact>
      <Fact name={t('contacts.field.company')}>{contact.company}</Fact>
      <Fact name={t('contacts.field.timezone')}>{contact.timezone ?? t('contacts.byNumber')}</Fact>
      <Fact name={t('contacts.field.language')}>{contact.language}</Fact>
      <Fact name={t('contacts.field.postal_code')}>{contact.postal_code}</Fact>
      <Fact name={t('contacts.field.state')}>{contact.state}</Fact>
      {department && <Fact name={t('contacts.field.department_id')}>{department}</Fact>}
    </Facts>
  )
}

function Known({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const custom: Record<string, unknown> = contact.custom
  const { data: fields = [] } = useCustomFields()
  const words = { yes: t('contacts.yes'), no: t('contacts.no') }
  return (
    <Facts title={t('contacts.known')}>
      <Fact name={t('contacts.field.tags')}>
        {contact.tags.length > 0 && (
          <Pill.Group>
            {contact.tags.map(tag => (
              <Link key={tag} to="/contacts" search={{ tag }} aria-label={t('contacts.filterByTag', { tag })}>
                <Pill size="sm">{tag}</Pill>
              </Link>
            ))}
          </Pill.Group>
        )}
      </Fact>
      {inOrder(fields, Object.entries(custom)).map(([name, value]) => (
        <Fact key={name} name={labelOf(fields, name)}>
          {shownValue(value, words)}
        </Fact>
      ))}
      <Fact name={t('contacts.added')}>
        <When at={contact.created_at} />
      </Fact>
      <Fact name={t('contacts.changed')}>
        <When at={contact.updated_at} />
      </Fact>
    </Facts>
  )
}
