/** Totals are told only where the figures know them. */
import { expect, it } from 'vitest'
import { progressOf } from '@/testing/progress'
import { attemptsTotal, recipientsTotal } from './totals'

const progress = progressOf({ total: 100, remaining: 40, failed: 7, attempts: 90, outcomes: { busy: 12 } })

it('knows how many recipients are in each state', () => {
  expect(recipientsTotal({ tab: 'recipients' }, progress)).toBe(100)
  expect(recipientsTotal({ tab: 'recipients', state: 'pending' }, progress)).toBe(40)
  expect(recipientsTotal({ tab: 'recipients', state: 'failed' }, progress)).toBe(7)
})

it('does not guess at a search, nor before the figures of a run are known', () => {
  expect(recipientsTotal({ tab: 'recipients', q: 'ann' }, progress)).toBeUndefined()
  expect(recipientsTotal({ tab: 'recipients', run: 'r1' }, undefined)).toBeUndefined()
  expect(attemptsTotal({ tab: 'attempts', q: 'ann' }, progress)).toBeUndefined()
})

it('knows how many calls had an outcome', () => {
  expect(attemptsTotal({ tab: 'attempts' }, progress)).toBe(90)
  expect(attemptsTotal({ tab: 'attempts', outcome: 'busy' }, progress)).toBe(12)
})
