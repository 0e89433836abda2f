/** Step 6: what keeps it from starting, what will happen, advice, and the launch. */
import { Alert, Anchor, Button, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { locale } from '@/i18n'
import { count, span } from '@/shared/format'
import { Panel } from '@/shared/panel'
import { type Advice, advice } from './advice'
import classes from './create.module.css'
import type { FieldProblem } from './draft'
import { Figures } from './figures'
import { FirstCall } from './first-call-line'
import { Launch } from './launch'
import { NextRun } from './next-run'
import type { PlanFacts } from './plan'
import { gaps, type Readiness } from './readiness'
import type { People, Step, Trouble } from './steps'
import { parse } from './template'
import type { Editing } from './use-draft'
import { useGapWords, usePlanWords, useTroubleWords } from './words'

type Props = {
  editing: Editing
  facts: PlanFacts & { people: People | undefined }
  found: Trouble[]
  /** Something is missing or wrong, apart from what the last try was refused for. */
  isBlocked: boolean
  readiness: Readiness | undefined
  /** What the server says when it is asked to start. */
  onRefused: (causes: FieldProblem[]) => void
}

export function ReviewStep({ editing, facts, found, isBlocked, readiness, onRefused }: Props) {
  const { t } = useTranslation()
  const words = usePlanWords()
  const { timezone } = useMe().organization
  const { campaign } = editing
  return (
    <Stack gap="md">
      {found.length > 0 && <Troubles troubles={found} campaign={campaign.id} />}
      <Gaps editing={editing} readiness={readiness} />
      <Panel title={t('create.plan.title')}>
        <p className={classes.sentence}>{words(campaign, facts)}</p>
        {campaign.schedule.kind === 'manual' ? (
          <FirstCall campaign={campaign} readiness={readiness} />
        ) : (
          <NextRun campaign={campaign} />
        )}
        <Figures campaign={campaign} facts={facts} />
        <Anchor component={Link} to={`/campaigns/${campaign.id}/handset`} fz="sm">
          {t('create.review.handset')}
        </Anchor>
      </Panel>
      <AdviceList items={advice(campaign, { ...facts, now: new Date(), timezone })} campaign={campaign.id} />
      {campaign.status === 'draft' ? (
        <Launch editing={editing} callable={facts.callable} isBlocked={isBlocked} onRefused={onRefused} />
      ) : (
        <InForce campaign={campaign.id} />
      )}
    </Stack>
  )
}

/** Nothing is left to confirm: the campaign waits for its time. */
function InForce({ campaign }: { campaign: string }) {
  const { t } = useTranslation()
  return (
    <Group gap="md">
      <Button component={Link} to={`/campaigns/${campaign}`}>
        {t('create.started.open')}
      </Button>
      <Text fz="sm" c="dimmed">
        {t('create.begin.inForce')}
      </Text>
    </Group>
  )
}

function Troubles({ troubles, campaign }: { troubles: Trouble[]; campaign: string }) {
  const { t } = useTranslation()
  const words = useTroubleWords()
  return (
    <Alert
      color="red"
      variant="light"
      title={t('create.review.problems', { count: troubles.length })}
      icon={<IconAlertTriangle size={18} aria-hidden />}
    >
      <List size="sm" spacing={4}>
        {troubles.map(it => (
          <List.Item key={`${it.field} ${it.word}`}>
            {it.field === 'carrier' ? (
              <Anchor component={Link} to="/admin/carrier" fz="sm" underline="always">
                {words(it)}
              </Anchor>
            ) : (
              <StepLink campaign={campaign} step={it.step}>
                {words(it)}
              </StepLink>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** Values that are missing keep nothing from its launch, but people hear the hole. */
function Gaps({ editing: { campaign }, readiness }: Pick<Props, 'editing' | 'readiness'>) {
  const { t } = useTranslation()
  const words = useGapWords()
  const { parts } = parse(campaign.message?.text ?? '')
  const found = readiness && parts ? gaps(readiness.merge_fields, parts) : []
  if (!readiness || found.length === 0) return null
  return (
    <Alert
      color="yellow"
      variant="light"
      title={t('create.review.gaps')}
      icon={<IconAlertTriangle size={18} aria-hidden />}
    >
      {found.map(gap => (
        <Text key={gap.field} fz="sm">
          {words(gap, readiness.recipients)}
        </Text>
      ))}
      <StepLink campaign={campaign.id} step="call">
        {t('create.review.gapsOut')}
      </StepLink>
    </Alert>
  )
}

function AdviceList({ items, campaign }: { items: Advice[]; campaign: string }) {
  const { t } = useTranslation()
  if (items.length === 0) return null
  function words({ word, n }: Advice): string {
    const shown = word === 'retrySoon' ? span(n, locale()) : count(n, locale())
    return t(`create.advice.${word}`, { count: n, n: shown })
  }
  return (
    <Panel title={t('create.advice.title')}>
      <Text fz="sm" c="dimmed" mb="xs">
        {t('create.advice.lead')}
      </Text>
      <List size="sm" spacing={6}>
        {items.map(it => (
          <List.Item key={it.word}>
            {words(it)}{' '}
            {it.step !== 'review' && (
              <StepLink campaign={campaign} step={it.step}>
                {t('create.advice.see', { step: t(`create.step.${it.step}`) })}
              </StepLink>
            )}
          </List.Item>
        ))}
      </List>
    </Panel>
  )
}

function StepLink({ campaign, step, children }: { campaign: string; step: Step; children: ReactNode }) {
  return (
    <Anchor
      fz="sm"
      // Among words, color alone does not tell a link.
      underline="always"
      renderRoot={props => (
        <Link
          to="/campaigns/$campaignId/edit"
          params={{ campaignId: campaign }}
          search={{ step }}
          {...props}
        />
      )}
    >
      {children}
    </Anchor>
  )
}
