/** The six steps at the side: where one is, and how each stands. All can be visited at any time. */
import { IconAlertTriangle, IconCheck, IconCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './create.module.css'
import { STEPS, type Step, type StepState } from './steps'

const ICONS = { done: IconCheck, open: IconCircle, problem: IconAlertTriangle }

type Props = {
  step: Step
  stateOf: (step: Step) => StepState
  /** The draft; while there is none, only the first step is there. */
  campaign: string | undefined
}

export function Rail({ step, stateOf, campaign }: Props) {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  // On a phone the steps stand in a line that scrolls.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is another place
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[data-current]')
    if (current && list.current) list.current.scrollLeft = current.offsetLeft - list.current.offsetLeft - 40
  }, [step])
  return (
    <nav aria-label={t('create.steps')} className={classes.rail}>
      <ol ref={list}>
        {STEPS.map(it => (
          <li key={it}>
            <RailStep step={it} state={stateOf(it)} isCurrent={it === step} campaign={campaign} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

type StepProps = { step: Step; state: StepState; isCurrent: boolean; campaign: string | undefined }

function RailStep({ step, state, isCurrent, campaign }: StepProps) {
  const { t } = useTranslation()
  const Icon = ICONS[state]
  const shared = {
    className: classes.step,
    'data-state': state,
    'data-current': isCurrent || undefined,
  }
  const words = (
    <>
      <Icon size={16} aria-hidden className={classes.stepIcon} />
      <span>
        {STEPS.indexOf(step) + 1}. {t(`create.step.${step}`)}
        <span className={classes.stepState}>{t(`create.state.${state}`)}</span>
      </span>
    </>
  )
  if (campaign === undefined) {
    return (
      <span {...shared} data-locked={!isCurrent || undefined} aria-current={isCurrent ? 'step' : undefined}>
        {words}
      </span>
    )
  }
  return (
    <Link
      {...shared}
      to="/campaigns/$campaignId/edit"
      params={{ campaignId: campaign }}
      search={{ step }}
      aria-current={isCurrent ? 'step' : undefined}
    >
      {words}
    </Link>
  )
}
