/** How far a change of many contacts is; at its end what came of it, and who was refused for which reason. */
import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { count, share } from '@/shared/format'
import { useWords } from '@/shared/says'
import { type BulkAct, type Change, isOver, reasonsOf } from './bulk-queries'
import type { Contact } from './queries'

type Props = { act: BulkAct; change: Change; error: unknown; rows: Contact[]; onClose: () => void }

export function BulkResult({ act, change, error, rows, onClose }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const number = (value: number) => ({ count: value, n: count(value, locale()) })
  const over = isOver(change)
  return (
    <Stack gap="sm">
      {!over && (
        <>
          <Progress
            value={share(change.done, change.matched)}
            aria-label={t('contacts.bulk.progress')}
            size="lg"
          />
          <Text>
            {t('contacts.bulk.done', {
              done: count(change.done, locale()),
              n: `${count(change.matched, locale())}${change.at_least ? '+' : ''}`,
            })}{' '}
            {t('contacts.bulk.goesOn')}
          </Text>
        </>
      )}
      {over && (
        <Text role="status">
          {change.state === 'failed'
            ? t('contacts.bulk.failed', { ...number(change.changed), why: change.note ?? '' })
            : t(act === 'delete' ? 'contacts.bulk.deleted' : 'contacts.tags.changed', number(change.changed))}
        </Text>
      )}
      {error ? (
        <Text c="var(--status-failed)" fz="sm" role="alert">
          {words(error)}
        </Text>
      ) : null}
      {change.refused_count > 0 && <Refusals change={change} rows={rows} />}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('shared.action.close')}
        </Button>
      </Group>
    </Stack>
  )
}

function Refusals({ change, rows }: { change: Change; rows: Contact[] }) {
  const { t } = useTranslation()
  const told = change.refused.length
  const nameOf = (id: string) => {
    const known = rows.find(row => row.id === id)
    return known?.name || known?.phone || t('contacts.one')
  }
  return (
    <section aria-label={t('contacts.bulk.refusedTitle')} style={{ maxHeight: 260, overflowY: 'auto' }}>
      <Text fw={600}>
        {t('contacts.bulk.refused', {
          count: change.refused_count,
          n: count(change.refused_count, locale()),
        })}
      </Text>
      {reasonsOf(change.refused).map(({ message, ids }) => (
        <div key={message}>
          <Text mt={6}>{message}</Text>
          <Text fz="sm" c="dimmed">
            {ids.map((id, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <Anchor
                  inherit
                  renderRoot={props => (
                    <Link to="/contacts/$contactId" params={{ contactId: id }} {...props} />
                  )}
                >
                  {nameOf(id)}
                </Anchor>
              </span>
            ))}
          </Text>
        </div>
      ))}
      {change.refused_count > told && (
        <Text fz="sm" c="dimmed" mt={6}>
          {t('contacts.bulk.firstRefused', { n: count(told, locale()) })}
        </Text>
      )}
    </section>
  )
}
