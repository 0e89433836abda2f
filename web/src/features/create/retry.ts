/** Attempts and the waits between them, as a time line and as inputs. Pure. */
import type { Schemas } from '@/api/client'

type Retry = Schemas['Retry']

export const ATTEMPTS_MAX = 5
export const CONDITIONS = ['no_answer', 'busy', 'failed', 'voicemail'] as const
/** When nothing else was said. Seconds. */
const DELAY_S = 3_600
export const DELAY_S_MAX = 86_400

export type Attempt = {
  number: number
  /** Since the attempt before; 0 for the first. Seconds. */
  waits_s: number
  /** Since the first, at the earliest. Seconds. */
  after_s: number
}

/** The wait before attempt 2, 3, …: one for each, the last one given repeats. */
export function delaysOf({ max_attempts, delays_s }: Retry): number[] {
  const last = delays_s.at(-1) ?? DELAY_S
  return Array.from({ length: Math.max(0, max_attempts - 1) }, (_, at) => delays_s[at] ?? last)
}

export function timeline(retry: Retry): Attempt[] {
  const waits = retry.on.length === 0 ? [] : delaysOf(retry)
  let after_s = 0
  return [0, ...waits].map((waits_s, at) => {
    after_s += waits_s
    return { number: at + 1, waits_s, after_s }
  })
}

/** With another number of attempts. Waits that are not used any more go; new ones repeat the last. */
export function withAttempts(retry: Retry, max_attempts: number): Retry {
  const next = { ...retry, max_attempts }
  const delays_s = delaysOf(next)
  return { ...next, delays_s: delays_s.length > 0 ? delays_s : retry.delays_s.slice(0, 1) }
}

/** With another wait before one of the attempts, counted from 0 for the second. */
export function withDelay(retry: Retry, at: number, delay_s: number): Retry {
  const delays_s = delaysOf(retry)
  delays_s[at] = delay_s
  return { ...retry, delays_s }
}

/** In the order of the table, each once. */
export function withCondition(retry: Retry, condition: Retry['on'][number], isOn: boolean): Retry {
  const on = CONDITIONS.filter(it => (it === condition ? isOn : retry.on.includes(it)))
  return { ...retry, on }
}

/** 90 minutes are minutes, 4 hours are hours. */
export function unitOf(delay_s: number): 'minutes' | 'hours' {
  return delay_s > 0 && delay_s % 3_600 === 0 ? 'hours' : 'minutes'
}

export const UNIT_S = { minutes: 60, hours: 3_600 } as const
