/** Clauses and troubles in words. */
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { count, duration } from '@/shared/format'
import { useScheduleWords } from '@/shared/occurrences'
import type { Campaign } from './draft'
import { type Clause, type PlanFacts, plan } from './plan'
import type { Gap } from './readiness'
import type { Trouble } from './steps'
import type { TemplateError } from './template'

/** Fields that have a name here; the server may speak of others. */
const FIELDS = [
  'name',
  'description',
  'department_id',
  'purpose',
  'recipients',
  'message',
  'caller_ids',
  'ring_timeout_s',
  'answering_machine',
  'opt_out',
  'limits',
  'retry',
  'schedule',
  'calling_hours',
  'recipient_hours',
  'carrier',
] as const

/** The clauses as one sentence. */
function useSentence() {
  const { t } = useTranslation()
  function clause(it: Clause): string {
    switch (it.word) {
      case 'people':
        return t('create.plan.people', { count: it.n, n: count(it.n, locale()) })
      case 'attempts':
        return t('create.plan.attempts', { count: it.n })
      case 'speaks':
      case 'plays':
        return t(`create.plan.${it.word}`, { length: duration(it.seconds), count: it.seconds })
      case 'recipientHours':
        return t('create.plan.recipientHours', { start: it.start, end: it.end })
      case 'campaignHours':
        return t('create.plan.campaignHours', { start: it.start, end: it.end, zone: it.timezone })
      default:
        return t(`create.plan.${it.word}`)
    }
  }
  return (clauses: Clause[]): string => {
    const words = clauses.map(clause).join(', ')
    return words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
  }
}

/** When, in a sentence of its own, and what will happen then. */
export function usePlanWords() {
  const sentence = useSentence()
  const { words } = useScheduleWords()
  return (campaign: Campaign, facts: PlanFacts): string => {
    const what = sentence(plan(campaign, facts))
    return campaign.schedule.kind === 'manual' ? what : `${words(campaign.schedule)}. ${what}`
  }
}

/** What is wrong with a text that has fields in it. */
export function useTemplateWords() {
  const { t } = useTranslation()
  return (error: TemplateError): string => {
    // Braces come in as values, or they would be taken for fields of the texts.
    const braces = { open: '{{', close: '}}' }
    if (error.word === 'tooLong') {
      return t('create.template.tooLong', { max: count(error.max, locale()) })
    }
    const name = error.word === 'badName' ? error.name : ''
    return t(`create.template.${error.word}`, { ...braces, name, position: error.position })
  }
}

/** How many people a field of the message has no value for. */
export function useGapWords() {
  const { t } = useTranslation()
  return ({ field, people, atLeast }: Gap, recipients: number): string =>
    t(atLeast ? 'create.call.lacksAtLeast' : 'create.call.lacks', {
      count: people,
      n: count(people, locale()),
      of: count(recipients, locale()),
      name: field,
    })
}

export function useTroubleWords() {
  const { t } = useTranslation()
  const template = useTemplateWords()
  return (trouble: Trouble): string => {
    switch (trouble.word) {
      case 'said':
        return t('create.trouble.said', { field: fieldName(trouble.field), message: trouble.message })
      case 'template':
        return template(trouble.error)
      default:
        return t(`create.trouble.${trouble.word}`)
    }
  }
  function fieldName(field: string): string {
    const member = field.split(/[.[]/, 1)[0] ?? field
    const known = FIELDS.find(it => it === member)
    return t(`create.field.${known ?? 'other'}`, { field: member.replaceAll('_', ' ') })
  }
}
