/** What the scheduler writes into the log, in the reader's language. The times stand in its sentences; what fits none is shown as written. Pure. */
import type { Schemas } from '@/api/client'
import type { en } from '@/i18n/en'
import { placeOf } from '@/shared/schedule'

export type ScheduleWord = keyof typeof en.campaign.logSchedule
/** `local` is 2026-12-07T09:00, to be written as the reader writes dates. */
export type ScheduleEntry = { word: ScheduleWord; local?: string; zone?: string; n?: number; why?: string }

const WHEN = '(?<date>\\d{4}-\\d\\d-\\d\\d) (?<time>\\d\\d:\\d\\d) \\((?<zone>[^)]+)\\)'
const KINDS: [kind: string, sentence: RegExp, word: ScheduleWord][] = [
  ['scheduled', /^Scheduled$/, 'scheduled'],
  ['unscheduled', /it is a draft again$/, 'draftAgain'],
  ['unscheduled', /it is over$/, 'over'],
  ['started', new RegExp(`^Started: the run of ${WHEN}$`), 'started'],
  ['waits', new RegExp(`^The run of ${WHEN} waits`), 'waits'],
  ['missed', new RegExp(`the run of ${WHEN} before its grace`), 'missed'],
  ['skipped', new RegExp(`^Skipped the run of ${WHEN}: the campaign was paused$`), 'skippedPaused'],
  ['skipped', new RegExp(`^Skipped the run of ${WHEN}: the run before it`), 'skippedBusy'],
  ['skipped', new RegExp(`^Skipped the run of ${WHEN}: the next one`), 'skippedNext'],
  ['skipped', new RegExp(`^Skipped the run of ${WHEN}: as many runs`), 'skippedUsedUp'],
  ['held', /^The run that is due cannot begin: (?<why>.+)$/, 'held'],
  ['run_done', /^Run (?<n>\d+) is done/, 'runDone'],
  ['completed', /no occurrence is left$/, 'noneLeft'],
  ['resumed', /the schedule goes on$/, 'resumed'],
]

export function scheduleEntry(item: Pick<Schemas['LogItem'], 'kind' | 'message'>): ScheduleEntry | undefined {
  for (const [kind, sentence, word] of KINDS) {
    const found = kind === item.kind ? sentence.exec(item.message) : null
    if (found) return { word, ...valuesOf(found.groups ?? {}) }
  }
  return undefined
}

function valuesOf({ date, time, zone, n, why }: Record<string, string | undefined>) {
  return {
    ...(date && time && zone ? { local: `${date}T${time}`, zone: placeOf(zone) } : {}),
    ...(n ? { n: Number(n) } : {}),
    ...(why ? { why } : {}),
  }
}
