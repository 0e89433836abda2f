/** The table of moves against the domain's own, as it is written in Rust: one that drifts fails here. */
import { describe, expect, it } from 'vitest'
import { domainSource } from '@/testing/rust'
import { can, MOVE_NAMES, type Move, type Status } from './can'

const RUST = domainSource('campaign')
const STATUSES: Status[] = ['draft', 'scheduled', 'active', 'paused', 'completed', 'failed']

const MOVES: Partial<Record<Move, string>> = {
  launch: 'Start',
  schedule: 'Schedule',
  unschedule: 'Unschedule',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  delete: 'Delete',
}

/** The statuses of `Self::Draft | S::Scheduled`. */
function statuses(text: string): string[] {
  return [...text.matchAll(/::(\w+)/g)].map(([, name = '']) => name.toLowerCase())
}

/** In which statuses an action changes something, as `CampaignStatus::apply` has it. */
function allowed(action: string): string[] {
  const arms = RUST.matchAll(/\(([^()]*), A::(\w+)\)(?: \| [^=]*)? => Effect::(?:Becomes|Removed)/g)
  return [...arms].filter(([, , name]) => name === action).flatMap(([, from = '']) => statuses(from))
}

/** The statuses of which a predicate such as `is_editable` is true. */
function holds(predicate: string): string[] {
  const body = new RegExp(`fn ${predicate}\\(self\\) -> bool \\{\\s*matches!\\(self, ([^)]*)\\)`).exec(RUST)
  return statuses(body?.[1] ?? '')
}

function told(move: Move): Status[] {
  return STATUSES.filter(status => can(move, status))
}

describe('can', () => {
  it.each(Object.entries(MOVES))('allows to %s where the domain does', (move, action) => {
    const expected = allowed(action)
    expect(expected, `the table of ${action} was not found`).not.toEqual([])
    expect(told(move as Move)).toEqual(STATUSES.filter(status => expected.includes(status)))
  })

  it('allows edits as deep as the domain does', () => {
    const [editable, running] = [holds('is_editable'), holds('is_running')]
    expect(editable).toEqual(['draft', 'scheduled'])
    expect(told('editSettings')).toEqual(STATUSES.filter(status => editable.includes(status)))
    expect(told('editLimits')).toEqual(STATUSES.filter(status => [...editable, ...running].includes(status)))
    expect(told('editWords')).toEqual(STATUSES)
  })

  it('allows a duplicate of anything', () => {
    expect(told('duplicate')).toEqual(STATUSES)
  })

  it('has no move that is not tested here', () => {
    const tested = [...Object.keys(MOVES), 'editSettings', 'editLimits', 'editWords', 'duplicate']
    expect([...MOVE_NAMES].sort()).toEqual(tested.sort())
  })
})
