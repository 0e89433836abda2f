/** The six steps, what is missing or wrong in each, and the address of a step. Pure but for the hook. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { isListSource, type ListSource } from '@/shared/list-import/sheet'
import { isPast, readSchedule } from '@/shared/schedule'
import type { Campaign, FieldProblem } from './draft'
import { parse, type TemplateError } from './template'

export const STEPS = ['details', 'contacts', 'call', 'retry', 'schedule', 'review'] as const
export type Step = (typeof STEPS)[number]
export type StepState = 'done' | 'open' | 'problem'

/** Something that keeps the campaign from its launch: in our words, or in the server's. */
export type Trouble = { step: Step; field: string } & (
  | { word: 'name' | 'recipients' | 'nobodyCallable' | 'message' | 'audio' | 'past' }
  | { word: 'template'; error: TemplateError }
  | { word: 'said'; message: string }
)

const STEP_OF: Record<string, Step> = {
  name: 'details',
  description: 'details',
  department_id: 'details',
  purpose: 'details',
  recipients: 'contacts',
  message: 'call',
  after_message: 'call',
  caller_ids: 'call',
  ring_timeout_s: 'call',
  answering_machine: 'call',
  opt_out: 'call',
  recording: 'call',
  limits: 'call',
  retry: 'retry',
  schedule: 'schedule',
  calling_hours: 'schedule',
  recipient_hours: 'schedule',
}

/** Where a field is edited; what has no field of its own stands at the review. */
export function stepOf(field: string): Step {
  return STEP_OF[field.split(/[.[]/, 1)[0] ?? ''] ?? 'review'
}

/** How many are enrolled, and how many of them will never be called; undefined while it is asked for. */
export type People = { total: number; suppressed: number }

/** What is missing or wrong: from a look at the campaign, and from what the server has said. */
export function troubles(
  campaign: Campaign,
  people: People | undefined,
  said: FieldProblem[],
  now: number,
): Trouble[] {
  const found: Trouble[] = []
  if (campaign.name.trim() === '') found.push({ step: 'details', field: 'name', word: 'name' })
  if (people?.total === 0) found.push({ step: 'contacts', field: 'recipients', word: 'recipients' })
  else if (people && people.total === people.suppressed) {
    found.push({ step: 'contacts', field: 'recipients', word: 'nobodyCallable' })
  }
  const message = messageTrouble(campaign.message)
  if (message) found.push(message)
  // Once the schedule is in force, its first date may be long ago.
  if (campaign.status === 'draft' && isPast(readSchedule(campaign.schedule), now)) {
    found.push({ step: 'schedule', field: 'schedule.at', word: 'past' })
  }
  const ours = new Set(found.map(it => it.field.split('.', 1)[0]))
  const others = said.filter(it => !ours.has(it.field.split(/[.[]/, 1)[0]))
  const theirs = others.map(
    ({ field, message }): Trouble => ({ step: stepOf(field), field, word: 'said', message }),
  )
  return [...found, ...theirs]
}

function messageTrouble(message: Campaign['message']): Trouble | undefined {
  if (message?.kind === 'audio') {
    return message.audio_id ? undefined : { step: 'call', field: 'message', word: 'audio' }
  }
  if (!message?.text?.trim()) return { step: 'call', field: 'message', word: 'message' }
  const { error } = parse(message.text)
  return error && { step: 'call', field: 'message.text', word: 'template', error }
}

/** What is merely not done yet is open; what is wrong is a problem. The review is never done: it ends the draft. */
export function stateOf(step: Step, found: Trouble[]): StepState {
  const own = found.filter(it => it.step === step)
  if (own.some(it => it.word === 'said' || it.word === 'template' || it.word === 'past')) return 'problem'
  return own.length > 0 || step === 'review' ? 'open' : 'done'
}

export type Source = ListSource | 'book'
export type CreateSearch = { step: Step; from?: Source; import?: string }

export function parseSearch(raw: Record<string, unknown>): CreateSearch {
  const step = STEPS.find(it => it === raw.step) ?? 'details'
  const from = raw.from === 'book' || isListSource(raw.from) ? raw.from : undefined
  return { step, from, import: typeof raw.import === 'string' ? raw.import : undefined }
}

export function useCreateSearch(): [CreateSearch, (next: CreateSearch) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  // Every step is a place to come back to.
  const go = (next: CreateSearch) => void navigate({ to: '.', search: () => next })
  return [parseSearch(raw), go]
}
