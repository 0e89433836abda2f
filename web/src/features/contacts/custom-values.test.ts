import { describe, expect, it } from 'vitest'
import {
  type CustomRow,
  customRows,
  customValues,
  freeRows,
  rowOf,
  sameCustom,
  shownValue,
  withRow,
  withValue,
} from './custom-values'

const ROWS: CustomRow[] = [
  { id: 0, name: 'plan', value: 'gold', kind: 'text' },
  { id: 1, name: 'seats', value: '12', kind: 'number' },
  { id: 2, name: 'paid', value: 'false', kind: 'flag' },
]

describe('custom values', () => {
  it('keep their kind from the server and back', () => {
    const values = customValues(ROWS)
    expect(values).toEqual({ plan: 'gold', seats: 12, paid: false })
    expect(customRows(values)).toEqual(ROWS)
  })

  it('take a number that is none any more for text', () => {
    expect(customValues([{ id: 0, name: 'seats', value: 'a dozen', kind: 'number' }])).toEqual({
      seats: 'a dozen',
    })
    expect(customValues([{ id: 0, name: 'seats', value: ' ', kind: 'number' }])).toEqual({ seats: ' ' })
  })

  it('leave out a row in which nothing was typed', () => {
    expect(customValues(withRow(ROWS))).toEqual(customValues(ROWS))
    expect(sameCustom(ROWS, withRow(ROWS))).toBe(true)
    expect(sameCustom(ROWS, ROWS.slice(1))).toBe(false)
  })

  it('give a new row a number of its own', () => {
    expect(withRow([]).map(row => row.id)).toEqual([0])
    expect(withRow(ROWS).map(row => row.id)).toEqual([0, 1, 2, 3])
  })

  it('are shown as people read them', () => {
    const words = { yes: 'Yes', no: 'No' }
    expect([true, false, 12, 'gold'].map(value => shownValue(value, words))).toEqual([
      'Yes',
      'No',
      '12',
      'gold',
    ])
  })
})

describe('fields that are defined', () => {
  const rows = customRows({ plan: 'gold', shoe: 42 } as never)

  it('stand apart from values that nobody defined', () => {
    expect(rowOf(rows, 'plan')?.value).toBe('gold')
    expect(freeRows(rows, ['plan']).map(row => row.name)).toEqual(['shoe'])
  })

  it('keep their kind, and leave when they are emptied', () => {
    const more = withValue(withValue(rows, 'points', '12', 'integer'), 'vip', 'true', 'checkbox')
    expect(customValues(more)).toEqual({ plan: 'gold', shoe: 42, points: 12, vip: true })
    expect(customValues(withValue(rows, 'plan', '', 'choice'))).toEqual({ shoe: 42 })
    expect(sameCustom(rows, withValue(rows, 'plan', 'gold', 'choice'))).toBe(true)
  })

  it('do not take over a row whose name is being typed', () => {
    const typing = withRow(rows).map(row => (row.isNew ? { ...row, name: 'plan' } : row))
    expect(freeRows(typing, ['plan']).map(row => row.name)).toEqual(['shoe', 'plan'])
  })
})
