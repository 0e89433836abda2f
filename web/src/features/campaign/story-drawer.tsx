/** One recipient's whole story at the side of the page. Who it is stands in the address, so that it can be sent. */
import { Anchor, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMay } from '@/app/session'
import { OutcomeMark, Phone } from '@/shared/marks'
import { ErrorState, Loading } from '@/shared/states'
import { useStory } from './data'
import { DecisionLines } from './decision-lines'
import { RemoveRecipient } from './remove-recipient'
import { useFormats } from './says'
import { useCampaignSearch } from './search'
import { next } from './story'
import { StoryCall } from './story-call'

type Campaign = Schemas['Campaign']
type Story = Schemas['RecipientStory']

export function StoryDrawer({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const [{ recipient }, change] = useCampaignSearch()
  const { data, error, refetch } = useStory(campaign.id, recipient)
  return (
    <Drawer
      opened={recipient !== undefined}
      onClose={() => change({ recipient: undefined })}
      title={data?.name || t('campaign.story.title')}
      styles={{ title: { fontWeight: 600, fontSize: 16, overflowWrap: 'anywhere' } }}
      closeButtonProps={{ 'aria-label': t('shared.action.close') }}
    >
      {data ? (
        <Told story={data} campaign={campaign} />
      ) : error ? (
        <ErrorState error={error} onAgain={() => void refetch()} />
      ) : (
        <Loading height={320} />
      )}
    </Drawer>
  )
}

function Told({ story, campaign }: { story: Story; campaign: Campaign }) {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_campaigns')
  const [leaving, setLeaving] = useState(false)
  return (
    <Stack gap="lg">
      <div>
        <Group gap="md">
          <Text fz="lg" component="div">
            <Phone number={story.phone} copy />
          </Text>
          <Text fw={600}>{t(`shared.recipient.${story.state}`)}</Text>
          <OutcomeMark outcome={story.outcome} />
        </Group>
        <Group gap="md">
          {story.contact_id && (
            <Anchor component={Link} to={`/contacts/${story.contact_id}`} fz="sm">
              {t('campaign.story.contact')}
            </Anchor>
          )}
          <Anchor component={Link} to={`/campaigns/${campaign.id}/handset?recipient=${story.id}`} fz="sm">
            {t('campaign.story.hear')}
          </Anchor>
        </Group>
      </div>
      <Part title={t('campaign.story.next')}>
        <NextWords story={story} campaign={campaign} />
        <DecisionLines story={story} />
        {story.state === 'pending' && mayEdit && (
          <Button mt="xs" size="compact-sm" variant="default" onClick={() => setLeaving(true)}>
            {t('campaign.recipients.removeVerb')}
          </Button>
        )}
      </Part>
      <Part title={t('campaign.story.calls')}>
        {story.history.length === 0 && <Text c="dimmed">{t('campaign.story.noCalls')}</Text>}
        <Stack gap="md">
          {story.history.map(call => (
            <StoryCall key={call.id} campaign={campaign.id} call={call} />
          ))}
        </Stack>
      </Part>
      <Fields story={story} />
      <RemoveRecipient
        id={campaign.id}
        recipient={leaving ? story : undefined}
        onClose={() => setLeaving(false)}
      />
    </Stack>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {children}
    </section>
  )
}

function NextWords({ story, campaign }: { story: Story; campaign: Campaign }) {
  const { t } = useTranslation()
  const { at, n } = useFormats()
  const it = next(story, campaign.retry)
  const isWaiting = story.state === 'pending' || story.state === 'retrying'
  return (
    <>
      <Text>
        {t(`campaign.next.${it.word}`, {
          at: it.dueAt ? at(it.dueAt) : '',
          attempt: it.attempt === undefined ? '' : n(it.attempt),
          outcome: it.outcome ? t(`shared.outcome.${it.outcome}`) : '',
        })}{' '}
        {it.reason && t(`campaign.whyNot.${it.reason}`)}
      </Text>
      {isWaiting && campaign.status !== 'active' && <Text c="dimmed">{t('campaign.next.held')}</Text>}
    </>
  )
}

function Fields({ story }: { story: Story }) {
  const { t } = useTranslation()
  const fields = Object.entries<unknown>(story.fields).filter(([, value]) => value !== null && value !== '')
  return (
    <>
      {story.timezones.length > 0 && (
        <Part title={t('campaign.story.zones')}>
          <Text>{story.timezones.map(zone => zone.replaceAll('_', ' ')).join(', ')}</Text>
        </Part>
      )}
      <Part title={t('campaign.story.fields')}>
        {fields.length === 0 && <Text c="dimmed">{t('campaign.story.noFields')}</Text>}
        {fields.map(([name, value]) => (
          <Text key={name} style={{ overflowWrap: 'anywhere' }}>
            <Text span c="dimmed">
              {name}:
            </Text>{' '}
            {String(value)}
          </Text>
        ))}
        <Text c="dimmed" fz="xs" mt={4}>
          {t('campaign.story.fieldsHint')}
        </Text>
      </Part>
    </>
  )
}
