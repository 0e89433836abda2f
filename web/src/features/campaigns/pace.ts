/** What the list says of a campaign's speed: two short lines at the most. Pure. */
import type { Schemas } from '@/api/client'

export type PaceLine =
  | { word: 'perMinute' | 'talking' | 'retrying' | 'waiting'; n: number }
  | { word: 'ends'; at: string }
  | { word: 'success'; rate: number }

type Seen = Pick<Schemas['Campaign'], 'status' | 'progress'>

export function paceOf({ status, progress }: Seen): PaceLine[] {
  if (!progress) return []
  const rate = progress.success_rate
  if (status === 'completed') return typeof rate === 'number' ? [{ word: 'success', rate }] : []
  if (status !== 'active') return []
  const lines: PaceLine[] = []
  if (progress.calls_per_minute > 0) lines.push({ word: 'perMinute', n: progress.calls_per_minute })
  else if (progress.dialing > 0) lines.push({ word: 'talking', n: progress.dialing })
  else lines.push(waiting(progress))
  if (progress.estimated_end) lines.push({ word: 'ends', at: progress.estimated_end })
  return lines
}

/** Nothing is dialed now: who waits. Why is the campaign's page to say. */
function waiting(progress: Schemas['Progress']): PaceLine {
  if (progress.remaining === 0 && progress.retrying > 0) return { word: 'retrying', n: progress.retrying }
  return { word: 'waiting', n: progress.remaining + progress.retrying }
}
