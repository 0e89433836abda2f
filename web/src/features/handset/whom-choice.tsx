/** Whom to be: somebody with sample values, a recipient of the campaign, or oneself by one's own number. */
import { Radio, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, Problem } from '@/api/client'
import * as format from '@/shared/format'
import { useHandsetSearch } from './search'
import type { Whom } from './use-handset'

const KINDS = ['sample', 'recipient', 'phone'] as const
type Kind = (typeof KINDS)[number]
/** Recipients offered for a search. */
const OFFERED = 20
/** How long typing rests before it is searched for. Milliseconds. */
const REST = 250

export type WhomState = {
  kind: Kind
  choose: (kind: Kind) => void
  recipient: string | undefined
  setRecipient: (id: string | undefined) => void
  phone: string
  setPhone: (phone: string) => void
  value: Whom
  isReady: boolean
}

export function useWhom(): WhomState {
  const [recipient, setRecipient] = useHandsetSearch()
  const [kind, setKind] = useState<Kind>(recipient ? 'recipient' : 'sample')
  const [phone, setPhone] = useState('')
  const values: Record<Kind, Whom> = {
    sample: {},
    recipient: { recipient_id: recipient },
    phone: { phone: phone.trim() },
  }
  const isReady = kind === 'sample' || (kind === 'recipient' ? recipient !== undefined : phone.trim() !== '')
  return { kind, choose: setKind, recipient, setRecipient, phone, setPhone, value: values[kind], isReady }
}

export function WhomChoice({ id, whom, error }: { id: string; whom: WhomState; error: unknown }) {
  const { t } = useTranslation()
  function chosen(value: string) {
    const kind = KINDS.find(known => known === value)
    if (kind) whom.choose(kind)
  }
  return (
    <Stack gap="sm">
      <Radio.Group value={whom.kind} onChange={chosen} aria-label={t('handset.whom.title')}>
        <Stack gap="xs">
          {KINDS.map(kind => (
            <Radio
              key={kind}
              value={kind}
              label={t(`handset.whom.${kind}`)}
              description={t(`handset.whom.${kind}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {whom.kind === 'recipient' && <RecipientSelect id={id} whom={whom} />}
      {whom.kind === 'phone' && (
        <TextInput
          type="tel"
          autoComplete="tel"
          label={t('handset.whom.yourNumber')}
          value={whom.phone}
          error={error instanceof Problem ? error.of('phone') : undefined}
          onChange={event => whom.setPhone(event.currentTarget.value)}
        />
      )}
    </Stack>
  )
}

function RecipientSelect({ id, whom }: { id: string; whom: WhomState }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [rested] = useDebouncedValue(typed, REST)
  // A choice fills the field with its own words; these are not searched for.
  const q = rested.includes(' · ') ? undefined : rested || undefined
  const { data } = useQuery({
    queryKey: ['campaign', id, 'handset-recipients', q],
    placeholderData: keepPreviousData,
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/recipients', {
          params: { path: { id }, query: { q, limit: OFFERED } },
        }),
      ),
  })
  const chosen = useChosen(id, whom.recipient)
  const offered = data?.items ?? []
  const rows = chosen && !offered.some(row => row.id === chosen.id) ? [chosen, ...offered] : offered
  return (
    <Select
      searchable
      label={t('handset.whom.recipientLabel')}
      placeholder={t('handset.whom.search')}
      nothingFoundMessage={t('handset.whom.nobody')}
      data={rows.map(row => ({ value: row.id, label: `${row.name || '–'} · ${format.phone(row.phone)}` }))}
      // The server has searched already.
      filter={({ options }) => options}
      value={whom.recipient ?? null}
      onChange={value => whom.setRecipient(value ?? undefined)}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  )
}

/** The one whom the address names, wherever in the list they are. */
function useChosen(id: string, recipient: string | undefined) {
  const { data } = useQuery({
    queryKey: ['campaign', id, 'story', recipient],
    enabled: recipient !== undefined,
    queryFn: () =>
      body(
        client.GET('/api/v1/campaigns/{id}/recipients/{recipient_id}', {
          params: { path: { id, recipient_id: recipient ?? '' } },
        }),
      ),
  })
  return data
}
