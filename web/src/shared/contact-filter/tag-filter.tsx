/** Shows contacts with one tag: tags that begin as one types, with how many contacts have each. */
import { Autocomplete, CloseButton, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconTag } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { contactsOf, useTags } from '@/shared/tags'

/** How long typing rests before tags are asked for. Milliseconds. */
const REST = 250

type Props = { value: string; onChange: (tag: string) => void }

export function TagFilter({ value, onChange }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const [wasOpened, setOpened] = useState(false)
  const [atRest] = useDebouncedValue(typed === value ? '' : typed.trim(), REST)
  const { rows } = useTags(atRest, wasOpened)
  useEffect(() => setTyped(value), [value])
  function choose(tag: string) {
    setTyped(tag)
    if (tag !== value) onChange(tag)
  }
  return (
    <Autocomplete
      label={t('contacts.tagFilter')}
      openOnFocus={false}
      comboboxProps={{ withinPortal: false }}
      leftSection={<IconTag size={16} aria-hidden />}
      data={rows.map(it => it.tag)}
      // The server has found those that begin so.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const tag = rows.find(it => it.tag === option.value)
        return (
          <Group justify="space-between" wrap="nowrap" w="100%">
            <Text truncate>{option.value}</Text>
            <Text c="dimmed" fz="sm">
              {tag && contactsOf(tag, locale())}
            </Text>
          </Group>
        )
      }}
      maxDropdownHeight={300}
      value={typed}
      onChange={setTyped}
      onFocus={() => setOpened(true)}
      onOptionSubmit={choose}
      onBlur={() => choose(typed.trim())}
      onKeyDown={event => event.key === 'Enter' && choose(typed.trim())}
      rightSection={
        typed && <CloseButton size="sm" aria-label={t('shared.action.clear')} onClick={() => choose('')} />
      }
    />
  )
}
