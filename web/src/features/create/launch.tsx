/** The launch: all of them, or the first N as a test that pauses by itself; or its schedule is set in force. */
import { Button, Group, NumberInput, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, Problem } from '@/api/client'
import { useMay } from '@/app/session'
import { locale } from '@/i18n'
import { count } from '@/shared/format'
import { move, useTold } from '@/shared/moves'
import { tell } from '@/shared/notice'
import { useWords } from '@/shared/says'
import { readSchedule } from '@/shared/schedule'
import type { FieldProblem } from './draft'
import classes from './launch.module.css'
import type { Editing } from './use-draft'

/** The guide's test is of 50 to 100; the API takes 1 to 1,000. */
const TEST = 50
const TEST_MAX = 1_000

const LEADS = { manual: 'lead', once: 'leadOnce', recurring: 'leadAgain' } as const

type Props = {
  editing: Editing
  callable: number | undefined
  /** Something is missing or wrong; said above. */
  isBlocked: boolean
  onRefused: (causes: FieldProblem[]) => void
}

export function Launch({ editing, callable, isBlocked, onRefused }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const mayRun = useMay('run_campaigns')
  const { starting, start } = useStart(editing, onRefused)
  const people = callable ?? 0
  const { kind } = readSchedule(editing.campaign.schedule)
  const isPlanned = kind !== 'manual'
  const isRefused = starting.error instanceof Problem && starting.error.fields.length > 0
  const isOff = isBlocked || !mayRun || starting.isPending
  return (
    <section className={classes.launch} aria-label={t('create.launch.title')}>
      <Title order={3}>{t('create.launch.title')}</Title>
      <Text fz="sm" c="dimmed" mt={4}>
        {isBlocked
          ? t('create.launch.blocked')
          : t(`create.launch.${LEADS[kind]}`, {
              count: people,
              n: count(people, locale()),
            })}
      </Text>
      <Group gap="lg" mt="md" align="end">
        <Button
          size="md"
          disabled={isOff}
          loading={starting.isPending && starting.variables === undefined}
          onClick={() => start(undefined)}
        >
          {t(isPlanned ? 'create.launch.schedule' : 'create.launch.confirm')}
        </Button>
        {!isPlanned && (
          <Test
            isOff={isOff || people <= 1}
            isPending={starting.isPending && starting.variables !== undefined}
            onStart={start}
          />
        )}
      </Group>
      <Text fz="sm" c="dimmed" mt={6}>
        {t(isPlanned ? 'create.launch.scheduleHint' : 'create.launch.testHint')}
      </Text>
      {starting.error && (
        <Text c="var(--status-failed)" fz="sm" mt="sm" role="alert">
          {isRefused ? t('create.launch.refused') : words(starting.error)}
        </Text>
      )}
    </section>
  )
}

type TestProps = { isOff: boolean; isPending: boolean; onStart: (first: number) => void }

function Test({ isOff, isPending, onStart }: TestProps) {
  const { t } = useTranslation()
  const [first, setFirst] = useState(TEST)
  return (
    <Group gap="xs" align="end">
      <NumberInput
        label={t('create.launch.testLabel')}
        w={120}
        min={1}
        max={TEST_MAX}
        allowDecimal={false}
        value={first}
        onChange={value => typeof value === 'number' && setFirst(value)}
      />
      <Button variant="default" disabled={isOff} loading={isPending} onClick={() => onStart(first)}>
        {t('create.launch.test', { count: first, n: count(first, locale()) })}
      </Button>
    </Group>
  )
}

function useStart(editing: Editing, onRefused: (causes: FieldProblem[]) => void) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const told = useTold()
  const { campaign, flush } = editing
  const isPlanned = campaign.schedule.kind !== 'manual'
  const starting = useMutation({
    // What was typed last is launched, too.
    mutationFn: async (first: number | undefined) => {
      if (!(await flush())) throw new Error(t('create.launch.unsaved'))
      if (isPlanned) return move(campaign.id, 'schedule')
      return body(
        client.POST('/api/v1/campaigns/{id}/start', {
          params: { path: { id: campaign.id } },
          body: first === undefined ? undefined : { first },
        }),
      )
    },
    onSuccess: (started, first) => {
      const name = started.name
      if (isPlanned) tell(t('create.launch.scheduled', { name }))
      else if (first === undefined) tell(t('create.launch.started', { name }))
      else tell(t('create.launch.testing', { name, n: first }))
      // First away from the draft, which would say that it can't be edited any more.
      const away = navigate({ to: '/campaigns/$campaignId', params: { campaignId: started.id } })
      void away.then(() => told(started))
    },
    onError: error => onRefused(error instanceof Problem ? error.fields : []),
  })
  function start(first: number | undefined) {
    onRefused([])
    starting.mutate(first)
  }
  return { starting, start }
}
