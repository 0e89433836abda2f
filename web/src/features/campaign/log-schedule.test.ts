/** The scheduler's sentences are read as the server writes them: whoever rewords one there fails here. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scheduleEntry } from './log-schedule'

const WHEN = '2026-12-07 09:00 (America/New_York)'
const MOMENT = { local: '2026-12-07T09:00', zone: 'New York' }

/** Kind, what stands in the Rust source, what the server makes of it, and what we read. */
const CASES = [
  ['scheduled', 'Scheduled', 'Scheduled', { word: 'scheduled' }],
  ['unscheduled', 'Unscheduled: it is a draft again', undefined, { word: 'draftAgain' }],
  ['unscheduled', 'Unscheduled: it has run before, and so it is over', undefined, { word: 'over' }],
  ['started', 'Started: the run of {when}', undefined, { word: 'started', ...MOMENT }],
  ['waits', 'The run of {when} waits for the run before it', undefined, { word: 'waits', ...MOMENT }],
  [
    'missed',
    'Missed: nothing could start the run of {when} before its grace was over',
    undefined,
    { word: 'missed', ...MOMENT },
  ],
  ['run_done', 'Run {} is done; the campaign waits for the next one', undefined, { word: 'runDone', n: 3 }],
  [
    'held',
    'The run that is due cannot begin: {obstacle}',
    undefined,
    { word: 'held', why: '1 of at most 1 campaigns are active' },
  ],
  ['completed', 'Completed: no occurrence is left', undefined, { word: 'noneLeft' }],
  ['resumed', 'Resumed: the schedule goes on', undefined, { word: 'resumed' }],
] as const

const SKIPS = [
  ['the campaign was paused', 'skippedPaused'],
  ['the run before it was under way', 'skippedBusy'],
  ['the next one came while it waited', 'skippedNext'],
  ['as many runs as were wanted have been started', 'skippedUsedUp'],
] as const

/** Tests run in `web`, beside which the crates are. */
const RUST = ['scheduler', 'scheduling']
  .map(name => readFileSync(`../crates/server/src/engine/${name}.rs`, 'utf8'))
  .join('\n')

function written(template: string): string {
  return template
    .replace('{when}', WHEN)
    .replace('{obstacle}', '1 of at most 1 campaigns are active')
    .replace('{}', '3')
}

describe('an entry of the scheduler', () => {
  it.each(CASES)('%s: %s', (kind, template, _, expected) => {
    expect(RUST).toContain(`"${template}"`)
    expect(scheduleEntry({ kind, message: written(template) })).toEqual(expected)
  })

  it.each(SKIPS)('skipped since %s', (why, word) => {
    expect(RUST).toContain('"Skipped the run of {when}: {why}"')
    expect(RUST).toContain(`"${why}"`)
    expect(scheduleEntry({ kind: 'skipped', message: `Skipped the run of ${WHEN}: ${why}` })).toEqual({
      word,
      ...MOMENT,
    })
  })

  it('is left as it is written when it says something else', () => {
    expect(scheduleEntry({ kind: 'skipped', message: 'Skipped for another reason' })).toBeUndefined()
    expect(scheduleEntry({ kind: 'started', message: 'Started' })).toBeUndefined()
  })
})
