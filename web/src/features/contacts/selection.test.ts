import { describe, expect, it } from 'vitest'
import { ALL, isChosen, isEmpty, NOTHING, toggled, toggledShown } from './selection'

const ORDER = ['a', 'b', 'c', 'd']
const chosen = (selection: typeof NOTHING) => ORDER.filter(id => isChosen(selection, id)).join('')

describe('choosing rows', () => {
  it('chooses one after the other, and leaves out again', () => {
    const two = toggled(toggled(NOTHING, 'a', ORDER, false), 'c', ORDER, false)
    expect(chosen(two)).toBe('ac')
    expect(chosen(toggled(two, 'a', ORDER, false))).toBe('c')
  })

  it('chooses a range in either direction, from the row before', () => {
    const last = toggled(NOTHING, 'd', ORDER, false)
    expect(chosen(toggled(last, 'b', ORDER, true))).toBe('bcd')
  })

  it('leaves a range out', () => {
    const all = toggledShown(NOTHING, ORDER)
    const without = toggled(all, 'b', ORDER, false)
    expect(chosen(toggled(without, 'c', ORDER, true))).toBe('ad')
  })

  it('takes a range without a beginning for one row', () => {
    expect(chosen(toggled(NOTHING, 'b', ORDER, true))).toBe('b')
  })

  it('goes from all that match to those that are shown when one is left out', () => {
    expect(chosen(ALL)).toBe('abcd')
    const rest = toggled(ALL, 'a', ORDER, false)
    expect([chosen(rest), rest.isAll]).toEqual(['bcd', false])
  })

  it('chooses all that are shown, and none the second time', () => {
    const shown = toggledShown(NOTHING, ORDER)
    expect(chosen(shown)).toBe('abcd')
    expect(isEmpty(toggledShown(shown, ORDER))).toBe(true)
    expect(isEmpty(ALL)).toBe(false)
  })
})
