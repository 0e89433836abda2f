/** How the list of a run that was fetched anew differs from the one before, and who came, changed or left. */
import { Anchor, Button, Drawer, SegmentedControl, Stack, Text } from '@mantine/core'
import { type MouseEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { ListState } from '@/shared/list-state'
import { Phone, When } from '@/shared/marks'
import { usePaged } from '@/shared/paged'
import { EmptyState } from '@/shared/states'
import { useFormats } from './says'

const KINDS = ['added', 'changed', 'gone'] as const
type Kind = (typeof KINDS)[number]
type Run = Schemas['RunView']
type List = NonNullable<Run['list']>

export function RunList({ id, run }: { id: string; run: Run }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const words = useListWords()
  if (!run.list) return '–'
  function open(event: MouseEvent) {
    event.stopPropagation()
    setOpen(true)
  }
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={open} aria-haspopup="dialog">
        {words(run.list)}
      </Button>
      {/* Clicks in the drawer are not clicks on the row that it belongs to. */}
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        onClick={event => event.stopPropagation()}
        title={t('campaign.runList.title')}
        closeButtonProps={{ 'aria-label': t('shared.action.close') }}
      >
        {isOpen && <Changes id={id} run={run} list={run.list} />}
      </Drawer>
    </>
  )
}

function useListWords() {
  const { t } = useTranslation()
  const { n, list } = useFormats()
  return (of: List) => {
    const parts = KINDS.filter(kind => of[kind] > 0).map(kind =>
      t(`campaign.runList.${kind}`, { count: of[kind], n: n(of[kind]) }),
    )
    return parts.length === 0 ? t('campaign.runList.same') : list(parts)
  }
}

function Changes({ id, run, list }: { id: string; run: Run; list: List }) {
  const { t } = useTranslation()
  const { n } = useFormats()
  const [kind, setKind] = useState<Kind>(KINDS.find(it => list[it] > 0) ?? 'added')
  const people = usePaged<Schemas['ListChange']>(['campaign', id, 'list-changes', run.id, kind], cursor =>
    body(
      client.GET('/api/v1/campaigns/{id}/runs/{run_id}/list-changes', {
        params: { path: { id, run_id: run.id }, query: { kind, cursor, limit: 100 } },
      }),
    ),
  )
  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        {t('campaign.runList.fetched')} <When at={list.fetched_at} />.{' '}
        {list.rejected > 0 && (
          <Anchor href={`/api/v1/imports/${list.import_id}/rejects`} download fz="sm">
            {t('campaign.runList.rejected', { count: list.rejected, n: n(list.rejected) })}
          </Anchor>
        )}
      </Text>
      <SegmentedControl
        aria-label={t('campaign.runList.title')}
        value={kind}
        onChange={value => setKind(KINDS.find(it => it === value) ?? 'added')}
        data={KINDS.map(value => ({
          value,
          label: t(`campaign.runList.${value}`, { count: list[value], n: n(list[value]) }),
        }))}
      />
      <ListState
        list={people}
        empty={<EmptyState title={t('campaign.runList.nobody')} text="" />}
        height={160}
      >
        <Stack gap={8} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {people.rows.map(it => (
            <li key={it.recipient_id}>
              <b>{it.name || '–'}</b> <Phone number={it.phone} />
              {it.name_before && it.name_before !== it.name && (
                <Text fz="sm" c="dimmed">
                  {t('campaign.runList.before', { name: it.name_before })}
                </Text>
              )}
            </li>
          ))}
        </Stack>
        {people.hasNextPage && (
          <Button
            variant="default"
            loading={people.isFetchingNextPage}
            onClick={() => void people.fetchNextPage()}
          >
            {t('campaign.runList.more')}
          </Button>
        )}
      </ListState>
    </Stack>
  )
}
