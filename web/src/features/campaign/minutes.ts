/** The line of calls a minute: whole minutes from the server, and the newest figure from the live stream. */
import type { Schemas } from '@/api/client'

const MINUTE_MS = 60_000
/** A young campaign's line is not pressed into the corner, and not wider than it has something to say. */
const POINTS_LEAST = 10

/** `answered` is not known of the minute that is not over. */
export type Point = { at: number; started: number; answered: number | null }

/** Whole minutes, then the last sixty seconds as the newest point, so that the line does not fall at its end. */
export function points(minutes: Schemas['Minute'][], progress: Schemas['Progress'] | undefined): Point[] {
  const newest = progress ? Date.parse(progress.as_of) : Number.NaN
  const whole = minutes
    .map(minute => ({ at: Date.parse(minute.at), started: minute.started, answered: minute.answered }))
    .filter(point => Number.isNaN(newest) || point.at + MINUTE_MS <= newest)
  if (!progress || Number.isNaN(newest)) return fromFirstCall(whole.slice(0, -1))
  return [...fromFirstCall(whole), { at: newest, started: progress.calls_per_minute, answered: null }]
}

/** Without the minutes before the first call, but for one; ten of them at least. */
function fromFirstCall(line: Point[]): Point[] {
  const first = line.findIndex(point => point.started > 0)
  const latest = Math.max(0, line.length - POINTS_LEAST)
  const begin = first === -1 ? latest : Math.min(Math.max(0, first - 1), latest)
  return line.slice(begin)
}

/** Whether a minute has ended since these were asked for. */
export function isOld(minutes: Schemas['Minute'][], progress: Schemas['Progress']): boolean {
  const last = minutes.at(-1)
  return last !== undefined && Date.parse(progress.as_of) >= Date.parse(last.at) + MINUTE_MS
}
