/** A real call to one's own number with the real message, and what became of it, live. */
import { Anchor, Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, Problem } from '@/api/client'
import { FormProblem } from '@/shared/form-problem'
import * as format from '@/shared/format'
import { Freshness } from '@/shared/freshness'
import { useEvents } from '@/shared/live'
import { OutcomeMark } from '@/shared/marks'
import { Panel } from '@/shared/panel'
import classes from './handset.module.css'

type Placed = { campaign_id: string; recipient_id: string }

export function TestCallPanel({ id, isSimulated }: { id: string; isSimulated: boolean }) {
  const { t } = useTranslation()
  const [phone, setPhone] = useState('')
  const placing = useMutation({
    mutationFn: () =>
      body(
        client.POST('/api/v1/campaigns/{id}/test-call', {
          params: { path: { id } },
          body: { phone: phone.trim() },
        }),
      ),
  })
  const { error } = placing
  const wrongNumber = error instanceof Problem ? error.of('phone') : undefined
  const isTooOften = error instanceof Problem && error.status === 429
  function submit(event: FormEvent) {
    event.preventDefault()
    placing.mutate()
  }
  return (
    <Panel title={t('handset.test.title')}>
      <Text c="dimmed" maw={680} mb="sm">
        {isSimulated ? t('handset.test.simulated') : t('handset.test.lead')}
      </Text>
      <form onSubmit={submit}>
        <Group align="flex-start" gap="sm">
          <TextInput
            type="tel"
            autoComplete="tel"
            required
            label={t('handset.whom.yourNumber')}
            value={phone}
            error={wrongNumber}
            onChange={event => setPhone(event.currentTarget.value)}
            className={classes.number}
          />
          <Button type="submit" loading={placing.isPending} className={classes.besideLabel}>
            {t('handset.test.call')}
          </Button>
        </Group>
      </form>
      {isTooOften ? (
        <Text c="var(--status-failed)" fz="sm" mt="xs" role="alert">
          {t('handset.test.tooOften', { minutes: Math.ceil((error.retryAfter ?? 60) / 60) })}
        </Text>
      ) : (
        !wrongNumber && <FormProblem error={error} fields={[]} />
      )}
      {placing.data && <Story placed={placing.data} />}
    </Panel>
  )
}

/** The call as the engine's own story tells it; asked for again whenever its figures change. */
function Story({ placed }: { placed: Placed }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { campaign_id: id, recipient_id } = placed
  const key = ['campaign', id, 'story', recipient_id]
  const { data } = useQuery({
    queryKey: key,
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/recipients/{recipient_id}', {
          params: { path: { id, recipient_id } },
        }),
      ),
  })
  const live = useEvents(`/api/v1/events?campaign_id=${encodeURIComponent(id)}`, {
    progress: () => void queries.invalidateQueries({ queryKey: key }),
  })
  const call = data?.history.at(-1)
  const seconds = call?.duration_s
  return (
    <Group gap="sm" mt="md" aria-live="polite" mih={24}>
      {data && <Text fw={600}>{t(`handset.test.${data.state}`)}</Text>}
      {call?.outcome && <OutcomeMark outcome={call.outcome} />}
      {seconds ? <Text>{format.duration(seconds)}</Text> : null}
      <Anchor component={Link} to={`/campaigns/${id}?recipient=${recipient_id}`}>
        {t('handset.test.story')}
      </Anchor>
      <Freshness live={live} />
    </Group>
  )
}
