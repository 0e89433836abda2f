/** Days of the week to choose from, named in the reader's language. */
import { Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'

type Day = Schemas['Day']
const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
/** A Monday, in no zone: only its name is wanted. */
const MONDAY = Date.UTC(2026, 0, 5)
const DAY_MS = 86_400_000

/** "Mon" in the reader's language. */
export function dayName(day: Day, language: string): string {
  const at = MONDAY + DAYS.indexOf(day) * DAY_MS
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(at)
}

type Props = { days: Day[]; onChange: (days: Day[]) => void; error: string | undefined }

export function DaysInput({ days, onChange, error }: Props) {
  const { t } = useTranslation()
  return (
    <Checkbox.Group
      label={t('create.schedule.days')}
      value={days}
      onChange={chosen => onChange(DAYS.filter(day => chosen.includes(day)))}
      error={error}
    >
      <Group gap="md" mt={6}>
        {DAYS.map(day => (
          <Checkbox key={day} value={day} label={dayName(day, locale())} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}
