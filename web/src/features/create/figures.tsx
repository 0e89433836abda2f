/** The figures of a launch: people, calls at most, the earliest call, numbers, limits. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMe } from '@/app/session'
import { locale } from '@/i18n'
import { clock, count, decimal, phone } from '@/shared/format'
import type { Campaign } from './draft'
import { earliestCall } from './earliest'
import classes from './figures.module.css'
import { callsAtMost, type PlanFacts } from './plan'
import { useNumbers, usePlaces, useSettings } from './queries'

type Settings = Schemas['Settings']

export function Figures({ campaign, facts }: { campaign: Campaign; facts: PlanFacts }) {
  const { t } = useTranslation()
  const { data: settings } = useSettings()
  const { simulated_carrier } = useMe()
  const callable = facts.callable ?? 0
  const lines = [
    ['people', count(callable, locale())],
    ['calls', count(callsAtMost(campaign, callable), locale())],
    ['earliest', useEarliest(campaign)],
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

/** Sooner than this is at once. Milliseconds. */
const AT_ONCE = 60_000

function useEarliest(campaign: Campaign): string {
  const { t } = useTranslation()
  const places = usePlaces(campaign.id)
  if (!places || places.length === 0) return '–'
  const now = Date.now()
  const at = earliestCall(campaign, places, now)
  if (at === undefined) return t('create.figures.notKnown')
  if (at - now < AT_ONCE) return t('create.figures.atOnce')
  return t('create.figures.notBefore', { at: clock(at, now, locale()) })
}

function useFrom({ caller_ids }: Campaign): string {
  const { t } = useTranslation()
  const numbers = useNumbers()
  if (caller_ids.length > 0) return caller_ids.map(phone).join(', ')
  const first = numbers?.[0]
  return first ? t('create.figures.defaultNumber', { number: phone(first) }) : t('create.figures.default')
}
