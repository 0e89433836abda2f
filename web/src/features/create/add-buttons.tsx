/** Puts the chosen contacts, or all that match, into the campaign. */
import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { Confirm } from '@/shared/confirm'
import { facetsOf } from '@/shared/contact-filter/facets'
import { type ContactFilter, filterBody, isNarrowed } from '@/shared/contact-filter/filter'
import { useFacetWords } from '@/shared/contact-filter/filter-chips'
import { count } from '@/shared/format'
import { tell } from '@/shared/notice'
import { useWords } from '@/shared/says'
import type { Campaign } from './draft'

type Wish = Schemas['NewRecipients']

type AddProps = {
  campaign: Campaign
  filter: ContactFilter
  chosen: ReadonlySet<string>
  isEmpty: boolean
  onAdded: () => void
}

export function AddButtons({ campaign, filter, chosen, isEmpty, onAdded }: AddProps) {
  const { t } = useTranslation()
  const saysWhy = useWords()
  const [asks, setAsks] = useState(false)
  const adding = useMutation({
    mutationFn: (wish: Wish) =>
      body(
        client.POST('/api/v1/campaigns/{id}/recipients', {
          params: { path: { id: campaign.id } },
          body: wish,
        }),
      ),
    onSuccess: ({ added, already_enrolled }) => {
      const also =
        already_enrolled > 0
          ? ` ${t('create.book.already', { count: already_enrolled, n: format(already_enrolled) })}`
          : ''
      tell(t('create.book.added', { count: added, n: format(added) }) + also)
      onAdded()
    },
  })
  const words = useFacetWords()
  const narrowed = isNarrowed(filter)
  const what = [...(filter.q ? [`“${filter.q}”`] : []), ...facetsOf(filter).map(facet => words(facet))]
  return (
    <>
      <Group gap="sm" justify="space-between">
        <Button
          disabled={chosen.size === 0}
          loading={adding.isPending && !asks}
          onClick={() => adding.mutate({ contact_ids: [...chosen] })}
        >
          {chosen.size === 0
            ? t('create.book.addNone')
            : t('create.book.add', { count: chosen.size, n: format(chosen.size) })}
        </Button>
        <Button variant="default" disabled={isEmpty} onClick={() => setAsks(true)}>
          {narrowed ? t('create.book.addAll') : t('create.book.addEverybody')}
        </Button>
      </Group>
      {adding.error && !asks && (
        <Text fz="sm" c="var(--status-failed)" role="alert">
          {saysWhy(adding.error)}
        </Text>
      )}
      <Confirm
        opened={asks}
        onClose={() => setAsks(false)}
        danger={false}
        title={narrowed ? t('create.book.allTitle') : t('create.book.everybodyTitle')}
        consequence={
          narrowed ? t('create.book.allWhat', { what: what.join(', ') }) : t('create.book.everybodyWhat')
        }
        verb={narrowed ? t('create.book.addAll') : t('create.book.addEverybody')}
        act={() => adding.mutateAsync({ filter: filterBody(filter) })}
      />
    </>
  )
}

function format(value: number): string {
  return count(value, locale())
}
