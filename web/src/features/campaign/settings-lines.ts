/** The settings of a campaign as sentences, in the order in which a call happens. Pure; formats come from outside. */
import type { Schemas } from '@/api/client'
import type { en } from '@/i18n/en'

type Campaign = Schemas['Campaign']
type Words = keyof typeof en.campaign.setting
type Base<W> = W extends `${infer Word}_one` | `${infer Word}_other` ? Word : W
export type SettingWord = Base<Words>
export type Line = { word: SettingWord; values?: Record<string, string | number> }

export const GROUPS = ['message', 'call', 'retry', 'schedule', 'hours', 'limits'] as const
export type Group = (typeof GROUPS)[number]

export type Say = {
  n: (value: number) => string
  span: (seconds: number) => string
  phone: (e164: string) => string
  list: (words: string[]) => string
  outcome: (word: Schemas['RetryCondition']) => string
  day: (word: Schemas['Day']) => string
  instant: (at: string) => string
  schedule: (schedule: Campaign['schedule']) => string
  language: (tag: string) => string
  /** The organization's default number, in groups; undefined when it is not known. */
  standard: string | undefined
}

export function settingLines(campaign: Campaign, say: Say): Record<Group, Line[]> {
  return {
    message: message(campaign, say),
    call: call(campaign, say),
    retry: retry(campaign.retry, say),
    schedule: [{ word: 'schedule', values: { words: say.schedule(campaign.schedule) } }],
    hours: hours(campaign, say),
    limits: limits(campaign, say),
  }
}

function message({ message: it, opt_out, recording, after_message }: Campaign, say: Say): Line[] {
  return [
    spoken(it, say),
    ...(recording.enabled ? [{ word: 'recorded' as const }] : []),
    opt_out.enabled
      ? { word: 'optOut' as const, values: { digit: opt_out.digit } }
      : { word: 'noOptOut' as const },
    { word: after_message.kind === 'agents' ? 'agents' : 'hangup' },
  ]
}

function spoken(message: Campaign['message'], say: Say): Line {
  if (!message) return { word: 'noMessage' }
  if (message.kind === 'audio') return { word: 'audio' }
  const values = {
    voice: message.voice ?? '',
    language: say.language(message.language ?? ''),
    rate: message.rate_percent ?? 100,
    pitch: message.pitch_percent ?? 0,
  }
  return { word: values.pitch === 0 ? 'tts' : 'ttsPitch', values }
}

function call(campaign: Campaign, say: Say): Line[] {
  const numbers = campaign.caller_ids.map(say.phone)
  return [
    numbers.length === 0
      ? standardNumber(say)
      : { word: 'caller', values: { count: numbers.length, numbers: say.list(numbers) } },
    { word: 'ring', values: { span: say.span(campaign.ring_timeout_s) } },
    { word: `machine_${campaign.answering_machine}` },
  ]
}

function standardNumber({ standard }: Say): Line {
  return standard ? { word: 'callerStandard', values: { number: standard } } : { word: 'callerDefault' }
}

function retry({ max_attempts, delays_s, on }: Schemas['Retry'], say: Say): Line[] {
  if (max_attempts <= 1 || on.length === 0) return [{ word: 'once' }]
  const used = Array.from({ length: max_attempts - 1 }, (_, at) => delays_s[at] ?? delays_s.at(-1) ?? 0)
  return [
    { word: 'attempts', values: { count: max_attempts, n: say.n(max_attempts) } },
    { word: 'delays', values: { delays: say.list(used.map(say.span)) } },
    { word: 'retriedOn', values: { outcomes: say.list(on.map(say.outcome)) } },
  ]
}

function hours({ recipient_hours, calling_hours, useless_after }: Campaign, say: Say): Line[] {
  const { start, end } = recipient_hours
  return [
    recipient_hours.enabled ? { word: 'recipientHours', values: { start, end } } : { word: 'anyHour' },
    calling_hours
      ? {
          word: 'callingHours',
          values: {
            days: say.list(calling_hours.days.map(say.day)),
            start: calling_hours.start,
            end: calling_hours.end,
            zone: calling_hours.timezone,
          },
        }
      : { word: 'noCallingHours' },
    ...(useless_after ? [{ word: 'useless' as const, values: { at: say.instant(useless_after) } }] : []),
  ]
}

function limits({ limits: own, budget }: Campaign, say: Say): Line[] {
  const atOnce = own.max_concurrent_calls ?? null
  const perSecond = own.calls_per_second ?? null
  return [
    atOnce === null
      ? { word: 'atOnceOrganization' }
      : { word: 'atOnce', values: { count: atOnce, n: say.n(atOnce) } },
    perSecond === null
      ? { word: 'perSecondOrganization' }
      : { word: 'perSecond', values: { count: perSecond, n: say.n(perSecond) } },
    ...(budget
      ? [
          {
            word: 'budget' as const,
            values: { amount: budget.amount, currency: budget.currency, percent: budget.warn_percent },
          },
        ]
      : []),
  ]
}
