/** Saved filters in a menu: one is chosen, the ones that are set now are saved, one's own are changed. */
import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '@/shared/says'
import { type ContactFilter, filterOf, isNarrowed, isSame } from './filter'
import { SavedModal } from './saved-modal'
import { type SavedFilter, useSavedFilters } from './saved-queries'

type Props = { filter: ContactFilter; onChoose: (filter: ContactFilter) => void }

export function SavedFilters({ filter, onChoose }: Props) {
  const { t } = useTranslation()
  const [opened, menu] = useDisclosure(false)
  const [edited, setEdited] = useState<SavedFilter | 'new' | null>(null)
  const { data, error } = useSavedFilters(opened)
  const words = useWords()
  const own = data?.filter(it => it.is_own) ?? []
  const shared = data?.filter(it => !it.is_own) ?? []
  const line = { filter, onChoose, onEdit: setEdited }
  return (
    <>
      <Menu opened={opened} onChange={menu.toggle} position="bottom-start" width={300}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            {t('contacts.filter.saved.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
          <Menu.Item disabled={!isNarrowed(filter)} onClick={() => setEdited('new')}>
            {t('contacts.filter.saved.saveAs')}
          </Menu.Item>
          <Menu.Divider />
          {error && (
            <Text p="xs" fz="sm" role="alert">
              {words(error)}
            </Text>
          )}
          {data?.length === 0 && (
            <Text p="xs" fz="sm" c="dimmed">
              {t('contacts.filter.saved.none')}
            </Text>
          )}
          {own.length > 0 && <Menu.Label>{t('contacts.filter.saved.mine')}</Menu.Label>}
          {own.map(saved => (
            <Line key={saved.id} saved={saved} {...line} />
          ))}
          {shared.length > 0 && <Menu.Label>{t('contacts.filter.saved.shared')}</Menu.Label>}
          {shared.map(saved => (
            <Line key={saved.id} saved={saved} {...line} />
          ))}
        </Menu.Dropdown>
      </Menu>
      <SavedModal edited={edited} filter={filter} onClose={() => setEdited(null)} />
    </>
  )
}

type LineProps = Props & { saved: SavedFilter; onEdit: (saved: SavedFilter) => void }

function Line({ saved, filter, onChoose, onEdit }: LineProps) {
  const { t } = useTranslation()
  const own = filterOf(saved.filter)
  return (
    <Group gap={2} wrap="nowrap">
      <Menu.Item
        aria-current={isSame(own, filter) || undefined}
        fw={isSame(own, filter) ? 600 : undefined}
        style={{ overflowWrap: 'anywhere' }}
        onClick={() => onChoose(own)}
      >
        {saved.name}
      </Menu.Item>
      {saved.is_own && (
        <Menu.Item
          component="button"
          w="auto"
          flex="none"
          p={6}
          aria-label={t('contacts.filter.saved.change', { name: saved.name })}
          onClick={() => onEdit(saved)}
        >
          <ActionIcon component="span" variant="transparent" color="gray" size="sm">
            <IconPencil size={16} />
          </ActionIcon>
        </Menu.Item>
      )}
    </Group>
  )
}
