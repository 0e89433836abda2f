/** The six steps at the side: where one is, and how each stands. All can be visited at any time. */
import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './create.module.css'
import { STEPS, type Step, type StepState } from './steps'

const ICONS = { done: IconCheck, open: IconCircle, problem: IconAlertTriangle }

type Props = {
  step: Step
  stateOf: (step: Step) => StepState
  onStep: (step: Step) => void
  /** Steps that can't be visited yet: there is no draft. */
  locked?: boolean
}

export function Rail({ step, stateOf, onStep, locked = false }: Props) {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  // On a phone the steps stand in a line that scrolls.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is another place
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (current && list.current) list.current.scrollLeft = current.offsetLeft - list.current.offsetLeft - 40
  }, [step])
  return (
    <nav aria-label={t('create.steps')} className={classes.rail}>
      <ol ref={list}>
        {STEPS.map((it, at) => {
          const state = stateOf(it)
          const Icon = ICONS[state]
          return (
            <li key={it}>
              <UnstyledButton
                className={classes.step}
                data-state={state}
                aria-current={it === step ? 'step' : undefined}
                disabled={locked && it !== step}
                onClick={() => onStep(it)}
              >
                <Icon size={16} aria-hidden className={classes.stepIcon} />
                <span>
                  {at + 1}. {t(`create.step.${it}`)}
                  <span className={classes.stepState}>{t(`create.state.${state}`)}</span>
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
