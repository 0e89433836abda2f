/** Step 6: what keeps it from starting, what will happen, advice, and the launch. */
import { Alert, Anchor, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
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
import { type PlanFacts, plan } from './plan'
import { gaps, type Readiness } from './readiness'
import { type People, type Step, type Trouble, troubles } from './steps'
import { parse } from './template'
import type { Editing } from './use-draft'
import { useGapWords, useSentence, useTroubleWords } from './words'

type Props = {
  editing: Editing
  facts: PlanFacts & { people: People | undefined }
  found: Trouble[]
  readiness: Readiness | undefined
}

export function ReviewStep({ editing, facts, found, readiness }: Props) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const { timezone } = useMe().organization
  const { campaign } = editing
  // What the server says when it is asked to start; what we see ourselves stands there already.
  const [said, setSaid] = useState<FieldProblem[]>([])
  const all = said.length > 0 ? troubles(campaign, facts.people, [...editing.draft.problems, ...said]) : found
  return (
    <Stack gap="md">
      {all.length > 0 && <Troubles troubles={all} campaign={campaign.id} />}
      <Gaps editing={editing} readiness={readiness} />
      <Panel title={t('create.plan.title')}>
        <p className={classes.sentence}>{sentence(plan(campaign, facts))}</p>
        <FirstCall campaign={campaign} readiness={readiness} />
        <Figures campaign={campaign} facts={facts} />
        <Anchor component={Link} to={`/campaigns/${campaign.id}/handset`} fz="sm">
          {t('create.review.handset')}
        </Anchor>
      </Panel>
      <AdviceList items={advice(campaign, { ...facts, now: new Date(), timezone })} campaign={campaign.id} />
      <Launch editing={editing} callable={facts.callable} isBlocked={found.length > 0} onRefused={setSaid} />
    </Stack>
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
