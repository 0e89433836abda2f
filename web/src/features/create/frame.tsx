/** Rail at the left, the step in the middle, what will happen at the right. */
import { Button, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CallStep } from './call-step'
import { ContactsStep } from './contacts-step'
import classes from './create.module.css'
import { DetailsStep } from './details-step'
import { useFacts } from './facts'
import { Rail } from './rail'
import { stillSaid, useReadiness } from './readiness'
import { RetryStep } from './retry-step'
import { ReviewStep } from './review-step'
import { ScheduleStep } from './schedule-step'
import { STEPS, type Step, stateOf, troubles, useCreateSearch } from './steps'
import type { Editing } from './use-draft'
import { useRefusal } from './use-refusal'
import { usePlanWords } from './words'

export function Frame({ editing: own }: { editing: Editing }) {
  const [search, go] = useCreateSearch()
  const { step } = search
  const { editing, refused, setRefused } = useRefusal(own)
  const facts = useFacts(editing.campaign)
  const { readiness, isOld } = useReadiness(editing.campaign)
  const { typed, problems } = editing.draft
  const said = stillSaid(readiness?.errors ?? [], Object.keys(typed), isOld)
  const now = Date.now()
  const found = troubles(editing.campaign, facts.people, [...problems, ...said, ...refused], now)
  const isBlocked = troubles(editing.campaign, facts.people, [...problems, ...said], now).length > 0
  const words = usePlanWords()
  const visit = (next: Step) => go({ step: next })
  return (
    <div className={classes.frame}>
      <Rail step={step} stateOf={it => stateOf(it, found)} campaign={editing.campaign.id} />
      {/* Whoever leaves a field has finished with it. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears of the fields inside, is none itself */}
      <div
        className={classes.body}
        data-wide={step === 'review' || undefined}
        onBlur={() => void editing.flush()}
      >
        <StepTitle step={step} />
        {step === 'details' && <DetailsStep editing={editing} />}
        {step === 'contacts' && (
          <ContactsStep campaign={editing.campaign} people={facts.people} search={search} go={go} />
        )}
        {step === 'call' && <CallStep editing={editing} facts={facts} readiness={readiness} />}
        {step === 'retry' && <RetryStep editing={editing} />}
        {step === 'schedule' && <ScheduleStep editing={editing} />}
        {step === 'review' && (
          <ReviewStep
            editing={editing}
            facts={facts}
            found={found}
            isBlocked={isBlocked}
            readiness={readiness}
            onRefused={setRefused}
          />
        )}
        <Foot step={step} onStep={visit} />
      </div>
      {step !== 'review' && <WhatHappens>{words(editing.campaign, facts)}</WhatHappens>}
    </div>
  )
}

/** Takes the focus when the step changes, so that keyboards and screen readers are where the eye is. */
function StepTitle({ step }: { step: Step }) {
  const { t } = useTranslation()
  const title = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current !== step) title.current?.focus()
    shown.current = step
  }, [step])
  return (
    <Title order={2} mb="md" ref={title} tabIndex={-1} style={{ outline: 'none' }}>
      {t(`create.step.${step}`)}
    </Title>
  )
}

export function WhatHappens({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <aside className={classes.aside} aria-label={t('create.plan.title')}>
      <Title order={3} mb={6}>
        {t('create.plan.title')}
      </Title>
      <p className={classes.sentence}>{children}</p>
    </aside>
  )
}

function Foot({ step, onStep }: { step: Step; onStep: (step: Step) => void }) {
  const { t } = useTranslation()
  const at = STEPS.indexOf(step)
  const [before, after] = [STEPS[at - 1], STEPS[at + 1]]
  return (
    <div className={classes.foot}>
      {before ? (
        <Button variant="default" onClick={() => onStep(before)}>
          {t('shared.action.back')}
        </Button>
      ) : (
        <span />
      )}
      {after && (
        <Button variant={after === 'review' ? 'filled' : 'default'} onClick={() => onStep(after)}>
          {t('create.goOn', { step: t(`create.step.${after}`) })}
        </Button>
      )}
    </div>
  )
}
