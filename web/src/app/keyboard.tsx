/** Keys that work on every page, and the list of them. A page's search field carries `data-search`. */
import { Kbd, Modal, Table } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { router } from './router'

/** The second key of a pair must follow within this. Milliseconds. */
const PAIR_WITHIN = 1_200

const KEYS = [
  ['/', 'search'],
  ['c', 'create'],
  ['g c', 'campaigns'],
  ['g p', 'contacts'],
  ['g h', 'health'],
  ['Esc', 'close'],
  ['?', 'help'],
] as const

function typesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  )
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('[data-search]')
  field?.focus()
  field?.select()
  return field !== null
}

export function Keyboard({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [opened, help] = useDisclosure(false)
  useEffect(() => {
    let pair = { key: '', at: 0 }
    function pressed(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || typesText(event.target)) return
      const follows = pair.key === 'g' && event.timeStamp - pair.at < PAIR_WITHIN
      const key = follows ? `g ${event.key}` : event.key
      pair = { key: event.key, at: event.timeStamp }
      const act = {
        '/': focusSearch,
        c: () => void router.navigate({ to: '/campaigns/new' }),
        'g c': () => void router.navigate({ to: '/campaigns' }),
        'g p': () => void router.navigate({ to: '/contacts' }),
        'g h': () => void router.navigate({ to: '/admin/health' }),
        '?': help.open,
      }[key]
      if (act && document.querySelector('[data-shell]')) {
        event.preventDefault()
        act()
      }
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [help.open])
  return (
    <>
      {children}
      <Modal opened={opened} onClose={help.close} title={t('shell.shortcuts')} size="sm">
        <Table>
          <Table.Tbody>
            {KEYS.map(([keys, word]) => (
              <Table.Tr key={keys}>
                <Table.Td w={90}>
                  {keys.split(' ').map(key => (
                    <Kbd key={key} mr={4}>
                      {key}
                    </Kbd>
                  ))}
                </Table.Td>
                <Table.Td>{t(`shell.keys.${word}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  )
}
