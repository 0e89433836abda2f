/** The line of calls a minute: whole minutes from the server, and the newest figure from the live stream. */
import type { Schemas } from '@/api/client'

const MINUTE_MS = 60_000

/** `answered` is not known of the minute that is not over. */
export type Point = { at: number; started: number; answered: number | null }

/** Whole minutes, then the last sixty seconds as the newest point, so that the line does not fall at its end. */
export function points(minutes: Schemas['Minute'][], progress: Schemas['Progress'] | undefined): Point[] {
  const newest = progress ? Date.parse(progress.as_of) : Number.NaN
  const whole = minutes
    .map(minute => ({ at: Date.parse(minute.at), started: minute.started, answered: minute.answered }))
    .filter(point => Number.isNaN(newest) || point.at + MINUTE_MS <= newest)
  if (!progress || Number.isNaN(newest)) return whole.slice(0, -1)
  return [...whole, { at: newest, started: progress.calls_per_minute, answered: null }]
}

/** Whether a minute has ended since these were asked for. */
export function isOld(minutes: Schemas['Minute'][], progress: Schemas['Progress']): boolean {
  const last = minutes.at(-1)
  return last !== undefined && Date.parse(progress.as_of) >= Date.parse(last.at) + MINUTE_MS
}
