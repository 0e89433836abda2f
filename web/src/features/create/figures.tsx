/** The figures of a launch: people, calls at most, numbers, limits. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMe } from '@/app/session'
import { locale } from '@/i18n'
import { defaultNumber, useCallerIds } from '@/shared/caller-ids'
import { count, decimal, phone } from '@/shared/format'
import type { Campaign } from './draft'
import classes from './figures.module.css'
import { callsAtMost, type PlanFacts } from './plan'
import { useSettings } from './queries'

type Settings = Schemas['Settings']

export function Figures({ campaign, facts }: { campaign: Campaign; facts: PlanFacts }) {
  const { t } = useTranslation()
  const { data: settings } = useSettings()
  const { simulated_carrier } = useMe()
  const callable = facts.callable ?? 0
  const lines = [
    ['people', count(callable, locale())],
    ['calls', count(callsAtMost(campaign, callable), locale())],
    ['from', useFrom(campaign)],
    ['limits', settings ? limitsOf(campaign, settings) : '–'],
    ['atLeast', settings ? shortest(campaign, settings, callable) : '–'],
    ['carrier', t(simulated_carrier ? 'create.figures.simulated' : 'create.figures.real')],
  ] as const
  function limitsOf({ limits }: Campaign, all: Settings): string {
    return t('create.figures.limitsValue', {
      calls: count(Math.min(limits.max_concurrent_calls ?? Infinity, all.max_concurrent_calls), locale()),
      rate: decimal(rateOf(campaign, all), locale()),
    })
  }
  function shortest(it: Campaign, all: Settings, people: number): string {
    return t('create.figures.minutes', { count: Math.ceil(people / rateOf(it, all) / 60) })
  }
  return (
    <dl className={classes.figures}>
      {lines.map(([word, value]) => (
        <div key={word}>
          <dt>{t(`create.figures.${word}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Calls a second that the narrower limit allows. */
function rateOf({ limits }: Campaign, settings: Settings): number {
  return Math.min(limits.calls_per_second ?? Infinity, settings.calls_per_second)
}

function useFrom({ caller_ids }: Campaign): string {
  const { t } = useTranslation()
  const { data: numbers } = useCallerIds()
  if (caller_ids.length > 0) return caller_ids.map(phone).join(', ')
  const first = defaultNumber(numbers)
  return first ? t('create.figures.defaultNumber', { number: phone(first) }) : t('create.figures.default')
}
