/** All that contacts can be filtered by, in one window; nothing is asked until it is applied. */
import { Button, Group, Popover, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { facetsOf } from './facets'
import { type ContactFilter, NO_FILTER, tidy } from './filter'
import { CallConditions, DepartmentCondition, PersonConditions } from './filter-conditions'
import { CustomConditions } from './filter-custom'

type Props = {
  filter: ContactFilter
  onChange: (filter: ContactFilter) => void
  /** Where all that is shown is of one department, none is chosen. */
  ofOneDepartment?: boolean
}

/** On a phone the window takes the width. */
const WIDTH = 'min(380px, calc(100vw - 24px))'

export function FilterButton({ filter, onChange, ofOneDepartment = false }: Props) {
  const { t } = useTranslation()
  const [opened, window] = useDisclosure(false)
  const set = facetsOf(filter).length
  return (
    <Popover
      opened={opened}
      onChange={isOpen => !isOpen && window.close()}
      position="bottom-start"
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />} onClick={window.toggle}>
          {set === 0 ? t('contacts.filter.button') : t('contacts.filter.buttonSet', { count: set })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        w={WIDTH}
        mah="min(620px, calc(100dvh - 160px))"
        style={{ overflowY: 'auto' }}
        aria-label={t('contacts.filter.title')}
      >
        <Conditions
          filter={filter}
          ofOneDepartment={ofOneDepartment}
          onApply={next => {
            window.close()
            onChange(next)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

type FormProps = {
  filter: ContactFilter
  ofOneDepartment: boolean
  onApply: (filter: ContactFilter) => void
}

/** Made anew each time the window opens. */
function Conditions({ filter, ofOneDepartment, onApply }: FormProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(filter)
  const change = (part: Partial<ContactFilter>) => setDraft(old => ({ ...old, ...part }))
  function submit(event: FormEvent) {
    event.preventDefault()
    onApply(tidy(draft))
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <PersonConditions draft={draft} change={change} />
        {!ofOneDepartment && <DepartmentCondition draft={draft} change={change} />}
        <CallConditions draft={draft} change={change} />
        <CustomConditions custom={draft.custom} onChange={custom => change({ custom })} />
        <Group justify="space-between" gap="xs">
          <Button variant="default" onClick={() => onApply({ ...NO_FILTER, q: filter.q })}>
            {t('contacts.filter.clear')}
          </Button>
          <Button type="submit">{t('contacts.filter.apply')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
