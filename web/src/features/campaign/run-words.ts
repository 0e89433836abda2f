/** Which run is looked at, and how it ended. Pure. */
import type { Schemas } from '@/api/client'

type Run = Schemas['RunView']
export type RunWord = 'ended' | 'stopped' | 'underWay' | 'notBegun'

/** Undefined while the list of runs does not hold it. */
export function runWords(runs: Run[], id: string) {
  const run = runs.find(known => known.id === id)
  if (!run) return undefined
  const of = Math.max(...runs.map(known => known.number))
  const { word, at } = stateOf(run)
  return { word, at, number: run.number, of }
}

function stateOf(run: Run): { word: RunWord; at: string | undefined } {
  if (run.state === 'stopped') return { word: 'stopped', at: run.finished_at ?? undefined }
  if (run.finished_at) return { word: 'ended', at: run.finished_at }
  if (run.started_at) return { word: 'underWay', at: run.started_at }
  return { word: 'notBegun', at: undefined }
}
