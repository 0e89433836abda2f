/** Days of the week to choose from, named in the reader's language. */
import { Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { DAYS, type Day } from '@/shared/schedule'
import { dayName } from '@/shared/schedule-words'

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
          <Checkbox key={day} value={day} label={dayName(day, locale(), 'short')} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}
