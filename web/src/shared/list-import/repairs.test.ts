/** Repairs: what is certain, what waits for a person, and what they accepted. */
import { describe, expect, it } from 'vitest'
import { domainSource } from '@/testing/rust'
import {
  ACCEPTED_ROWS_MAX,
  DAMAGES,
  kindsToDecide,
  NOTHING_ACCEPTED,
  partsOf,
  type Repair,
  withKind,
  withRow,
} from './repairs'

const repair = (row: number, what: string, is_certain: boolean, is_applied: boolean): Repair => ({
  row,
  what,
  is_certain,
  is_applied,
  column: 'Phone',
  before: '1.5E10',
  after: '+15551234567',
  reason: 'why',
})
const look = (repairs: Repair[], kinds: { what: string; repaired: number; proposed: number }[] = []) => ({
  repairs,
  kinds,
  repaired: 0,
  problems: [],
  rows: 10,
  valid: 10,
  duplicates_in_file: 0,
  duplicates_existing: 0,
  invalid: 0,
  do_not_call: 0,
})

describe('repairs', () => {
  it('are told apart by who decides, and stay with the person who accepted them', () => {
    const found = look([
      repair(2, 'apostrophe', true, true),
      repair(3, 'plus_lost', false, false),
      repair(4, 'plus_lost', false, true),
    ])
    const rows = (accepted = NOTHING_ACCEPTED) =>
      Object.values(partsOf(found, accepted)).map(part => part.map(it => it.row))
    expect(rows({ kinds: [], rows: [4] })).toEqual([[3, 4], [2]])
    expect(rows({ kinds: ['plus_lost'], rows: [] })).toEqual([[3, 4], [2]])
  })

  it('of a kind can be accepted and taken back', () => {
    const once = withKind(withKind(NOTHING_ACCEPTED, 'exponent', true), 'exponent', true)
    expect(once.kinds).toEqual(['exponent'])
    expect(withKind(once, 'exponent', false)).toEqual(NOTHING_ACCEPTED)
    const kinds = [
      { what: 'exponent', repaired: 5, proposed: 0 },
      { what: 'apostrophe', repaired: 9, proposed: 0 },
      { what: 'zero_lost', repaired: 0, proposed: 2 },
    ]
    expect(kindsToDecide(look([], kinds), once).map(it => it.what)).toEqual(['exponent', 'zero_lost'])
  })

  it('of single rows are accepted up to what the server takes', () => {
    const full = { kinds: [], rows: Array.from({ length: ACCEPTED_ROWS_MAX }, (_, at) => at + 2) }
    expect(withRow(full, 5_000, true)).toBe(full)
    expect(withRow(full, 2, false).rows).toHaveLength(ACCEPTED_ROWS_MAX - 1)
    expect(withRow(NOTHING_ACCEPTED, 7, true).rows).toEqual([7])
  })

  it('have words for every damage of the domain that can be mended', () => {
    const table = domainSource('import/doctor').match(/pub enum Damage \{(.*?)\n {4}\}/s)?.[1] ?? ''
    const words = [...table.matchAll(/ = "(\w+)"/g)].map(it => it[1] ?? '')
    const known = words.filter(it => it !== 'unclosed_quote')
    expect(known.length).toBeGreaterThan(5)
    expect([...DAMAGES].sort()).toEqual(known.sort())
  })
})
