/** The parts of a run's recipients, in the order in which a bar and its legend show them. */
import type { Schemas } from '@/api/client'
import { share } from './format'

type Progress = Schemas['Progress']

export const SEGMENTS = ['completed', 'failed', 'retrying', 'dialing', 'remaining', 'suppressed'] as const
export type SegmentName = (typeof SEGMENTS)[number]
export type Segment = { name: SegmentName; people: number; width: number }

/** Percent of the bar below which a part could not be seen; somebody is in it, so it shows. */
const LEAST_WIDTH = 0.6

/** Widths in percent that add up to 100; parts without people are left out. */
export function segments(progress: Progress): Segment[] {
  if (progress.total <= 0) return []
  const parts = SEGMENTS.filter(name => progress[name] > 0).map(name => ({
    name,
    people: progress[name],
    width: Math.max(LEAST_WIDTH, (progress[name] / progress.total) * 100),
  }))
  const sum = parts.reduce((all, part) => all + part.width, 0)
  return parts.map(part => ({ ...part, width: (part.width / sum) * 100 }))
}

/** Whole percent of the recipients about whom nothing more will happen. */
export function percentDone(progress: Progress): number {
  return share(progress.completed + progress.failed + progress.suppressed, progress.total)
}
