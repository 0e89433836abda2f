/** A run is told by its number among all, and by how it ended. */
import { expect, it } from 'vitest'
import { runWords } from './run-words'

const run = (number: number, state: string, finished_at: string | null = null) => ({
  id: `r${number}`,
  number,
  occurrence: 'manual',
  state,
  started_at: state === 'prepared' ? null : '2026-11-20T14:00:00Z',
  finished_at,
})
const RUNS = [
  run(4, 'prepared'),
  run(3, 'started'),
  run(2, 'finished', '2026-11-20T15:00:00Z'),
  run(1, 'stopped', '2026-11-19T15:00:00Z'),
]

it.each([
  ['r4', 'notBegun', undefined],
  ['r3', 'underWay', '2026-11-20T14:00:00Z'],
  ['r2', 'ended', '2026-11-20T15:00:00Z'],
  ['r1', 'stopped', '2026-11-19T15:00:00Z'],
] as const)('%s is %s', (id, word, at) => {
  expect(runWords(RUNS, id)).toMatchObject({ word, at, of: 4 })
})

it('says nothing of a run that it does not know', () => {
  expect(runWords(RUNS, 'other')).toBeUndefined()
})
