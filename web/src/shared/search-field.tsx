/** A page's search: found by the `/` key, tells what was typed when typing rests, is emptied by Escape. */
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** How long typing rests before it is searched for. Milliseconds. */
const REST = 250

type Props = {
  /** What is searched for now, as the address says it. */
  value: string
  onSearch: (words: string) => void
  label: string
  width?: number | string
  /** The page's own search, which `/` goes to; a second one on the page is not. */
  main?: boolean
}

export function SearchField({ value, onSearch, label, width = 260, main = true }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  const tell = useDebouncedCallback((words: string) => {
    told.current = words
    onSearch(words)
  }, REST)
  // The back button changes the address under the field; what is just being typed stays.
  useEffect(() => {
    if (value !== told.current) {
      told.current = value
      setTyped(value)
    }
  }, [value])
  function change(words: string) {
    setTyped(words)
    tell(words.trim())
  }
  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Escape') return
    if (typed === '') event.currentTarget.blur()
    else change('')
  }
  return (
    <TextInput
      type="search"
      data-search={main || undefined}
      aria-label={label}
      placeholder={label}
      w={{ base: '100%', xs: width }}
      maw="100%"
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed !== '' && (
          <CloseButton size="sm" aria-label={t('shared.clearSearch')} onClick={() => change('')} />
        )
      }
      value={typed}
      onChange={event => change(event.currentTarget.value)}
      onKeyDown={pressed}
    />
  )
}
