/** Shows contacts with one tag; tags that were seen in the list are offered. */
import { Autocomplete, CloseButton } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { value: string; known: string[]; onChange: (tag: string) => void }

export function TagFilter({ value, known, onChange }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  function choose(tag: string) {
    setTyped(tag)
    if (tag !== value) onChange(tag)
  }
  return (
    <Autocomplete
      aria-label={t('contacts.tagFilter')}
      placeholder={t('contacts.tagFilter')}
      w={{ base: '100%', xs: 180 }}
      leftSection={<IconTag size={16} aria-hidden />}
      data={known}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={choose}
      onBlur={() => choose(typed.trim())}
      onKeyDown={event => event.key === 'Enter' && choose(typed.trim())}
      rightSection={
        typed && <CloseButton size="sm" aria-label={t('shared.action.clear')} onClick={() => choose('')} />
      }
    />
  )
}
