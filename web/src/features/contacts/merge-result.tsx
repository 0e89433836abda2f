/** What the one contact will say after the merge. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Fact, Facts } from '@/shared/facts'
import { phone } from '@/shared/format'
import { useLabels } from './duplicate-table'
import { fieldsIn, type MergeDraft, mergedTags, mergedValue, otherNumbers, takingPart } from './duplicates'
import type { Contact } from './queries'

type Props = { contacts: Contact[]; draft: MergeDraft }

export function MergeResult({ contacts, draft }: Props) {
  const { t } = useTranslation()
  const labels = useLabels()
  const part = takingPart(contacts, draft)
  if (part.length < 2) return <Text c="dimmed">{t('contacts.duplicates.chooseMore')}</Text>
  const numbers = otherNumbers(contacts, draft)
  const notes = part.map(it => it.notes).filter(Boolean)
  const kept = numbers.map(number => t('contacts.duplicates.otherNumber', { phone: phone(number) }))
  return (
    <Facts title={t('contacts.duplicates.result')}>
      {fieldsIn(part).map(({ field }) => {
        const value = mergedValue(contacts, draft, field)
        return (
          <Fact key={field} name={labels(field)}>
            {field === 'phone' ? phone(value) : value}
          </Fact>
        )
      })}
      <Fact name={t('contacts.field.tags')}>{mergedTags(contacts, draft).join(', ')}</Fact>
      <Fact name={t('contacts.field.notes')}>
        {notes.length + kept.length > 0 && (
          <span style={{ whiteSpace: 'pre-wrap' }}>{[...new Set([...notes, ...kept])].join('\n')}</span>
        )}
      </Fact>
      <Fact name={t('contacts.history.title')}>{t('contacts.duplicates.history')}</Fact>
    </Facts>
  )
}
