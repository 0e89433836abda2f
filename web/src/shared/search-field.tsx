/** Searches as one types: what is typed is told a moment after the last key. `/` comes here. */
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** After the last key. Milliseconds. */
const QUIET_FOR = 250

type Props = { label: string; value: string; onSearch: (text: string) => void; width?: number }

export function SearchField({ label, value, onSearch, width = 280 }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  const tell = useDebouncedCallback((text: string) => {
    told.current = text
    onSearch(text)
  }, QUIET_FOR)
  useEffect(() => {
    // The address changed by other means, for example the way back.
    if (value === told.current) return
    told.current = value
    setTyped(value)
  }, [value])
  function change(text: string) {
    setTyped(text)
    tell(text)
  }
  return (
    <TextInput
      type="search"
      role="searchbox"
      data-search
      aria-label={label}
      placeholder={label}
      w={{ base: '100%', xs: width }}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed && <CloseButton size="sm" aria-label={t('shared.action.clear')} onClick={() => change('')} />
      }
      value={typed}
      onChange={event => change(event.currentTarget.value)}
      onKeyDown={event => event.key === 'Escape' && typed && change('')}
    />
  )
}
