/** Contacts side by side: who stays, who takes part, and whose word each field has. What differs is marked. */
import { Badge, Checkbox, Radio, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { labelOf, useCustomFields } from '@/shared/custom-fields'
import { useDepartmentName } from '@/shared/departments'
import { phone } from '@/shared/format'
import { When } from '@/shared/marks'
import { CHOOSABLE, type FieldName, fieldsIn, type MergeDraft, sourceOf, valueIn } from './duplicates'
import classes from './duplicates.module.css'
import type { Contact } from './queries'

type Props = {
  contacts: Contact[]
  draft: MergeDraft
  /** Absent: they are only looked at. */
  onChange?: (draft: MergeDraft) => void
}

export function DuplicateTable({ contacts, draft, onChange }: Props) {
  const { t } = useTranslation()
  const labels = useLabels()
  const part = contacts.filter(it => it.id === draft.into || draft.members.includes(it.id))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the region scrolls sideways, also by keyboard
    <section className={classes.scroller} aria-label={t('contacts.duplicates.sideBySide')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('contacts.duplicates.field')}</th>
            {contacts.map(contact => (
              <Head key={contact.id} contact={contact} draft={draft} onChange={onChange} />
            ))}
          </tr>
        </thead>
        <tbody>
          {fieldsIn(contacts).map(({ field, differs }) => (
            <tr key={field} data-differs={differs || undefined}>
              <th scope="row">
                {labels(field)}
                {differs && (
                  <Badge
                    size="xs"
                    variant="light"
                    color="yellow"
                    ml={6}
                    tt="none"
                    c="var(--mantine-color-text)"
                  >
                    {t('contacts.duplicates.differs')}
                  </Badge>
                )}
              </th>
              {contacts.map(contact => (
                <td key={contact.id}>
                  <Cell
                    field={field}
                    contact={contact}
                    isChosen={differs && sourceOf(contacts, draft, field) === contact.id}
                    onChoose={
                      onChange && differs && part.includes(contact)
                        ? () => onChange({ ...draft, chosen: { ...draft.chosen, [field]: contact.id } })
                        : undefined
                    }
                    label={labels(field)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What a field is called. */
export function useLabels(): (field: FieldName) => string {
  const { t } = useTranslation()
  const { data: fields = [] } = useCustomFields()
  return field => {
    const known = CHOOSABLE.find(it => it === field)
    return known ? t(`contacts.field.${known}`) : labelOf(fields, field.slice('custom.'.length))
  }
}

function Head({ contact, draft, onChange }: Omit<Props, 'contacts'> & { contact: Contact }) {
  const { t } = useTranslation()
  const department = useDepartmentName()(contact.department_id)
  const name = contact.name || phone(contact.phone)
  const stays = draft.into === contact.id
  const members = draft.members.filter(id => id !== contact.id)
  return (
    <th scope="col">
      <Text truncate fw={600}>
        {name}
      </Text>
      <Text fz="xs" c="dimmed" fw={400} component="div">
        {t('contacts.added')} <When at={contact.created_at} />
        {department && ` · ${department}`}
      </Text>
      {onChange && (
        <>
          <Radio
            mt={6}
            size="xs"
            name="survivor"
            label={t('contacts.duplicates.stays')}
            aria-label={t('contacts.duplicates.staysOne', { name })}
            checked={stays}
            onChange={() => onChange({ ...draft, into: contact.id, members: [...members, contact.id] })}
          />
          <Checkbox
            mt={6}
            size="xs"
            label={t('contacts.duplicates.takesPart')}
            aria-label={t('contacts.duplicates.takesPartOne', { name })}
            checked={stays || draft.members.includes(contact.id)}
            disabled={stays}
            onChange={event =>
              onChange({
                ...draft,
                members: event.currentTarget.checked ? [...members, contact.id] : members,
              })
            }
          />
        </>
      )}
    </th>
  )
}

type CellProps = {
  field: FieldName
  contact: Contact
  label: string
  isChosen: boolean
  onChoose: (() => void) | undefined
}

function Cell({ field, contact, label, isChosen, onChoose }: CellProps) {
  const { t } = useTranslation()
  const value = valueIn(contact, field)
  const shown = (field === 'phone' ? phone(value) : value) || t('contacts.duplicates.nothing')
  if (!onChoose) {
    return (
      <Text span c={value ? undefined : 'dimmed'}>
        {shown}
      </Text>
    )
  }
  return (
    <Radio
      size="xs"
      name={`word-${field}`}
      label={shown}
      aria-label={`${label}: ${shown}`}
      checked={isChosen}
      onChange={onChoose}
    />
  )
}
