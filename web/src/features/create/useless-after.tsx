/** Until when the message is of any use: whoever is not called by then is not called any more. */
import { Group, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { Panel } from '@/shared/panel'
import { instantOf, localOf, placeOf, readSchedule } from '@/shared/schedule'
import type { Editing } from './use-draft'

const DAY_MS = 86_400_000

export function UselessAfter({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  const { timezone } = useMe().organization
  const schedule = readSchedule(campaign.schedule)
  const zone = schedule.kind === 'manual' ? timezone : schedule.timezone
  const saved = campaign.useless_after ?? undefined
  const [typed, setTyped] = useState(() => localOf(saved ? Date.parse(saved) : Date.now() + DAY_MS, zone))
  function set(local: string) {
    setTyped(local)
    const at = instantOf(local, zone)
    // A date that is half typed says nothing yet.
    if (at) change({ useless_after: at })
  }
  const [date = '', time = ''] = typed.split('T')
  return (
    <Panel title={t('create.useless.title')}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('create.useless.hint')}
      </Text>
      <Switch
        w="fit-content"
        label={t('create.useless.switch')}
        checked={saved !== undefined}
        onChange={event => (event.currentTarget.checked ? set(typed) : change({ useless_after: null }))}
      />
      {saved !== undefined && (
        <Group gap="sm" mt="sm" align="start">
          <TextInput
            type="date"
            w={170}
            label={t('create.begin.date')}
            value={date}
            onChange={event => set(`${event.currentTarget.value}T${time}`)}
            error={problemOf('useless_after')}
          />
          <TextInput
            type="time"
            w={130}
            label={t('create.begin.time')}
            description={t('create.useless.zone', { zone: placeOf(zone) })}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={time}
            onChange={event => set(`${date}T${event.currentTarget.value.slice(0, 5)}`)}
          />
        </Group>
      )}
    </Panel>
  )
}
