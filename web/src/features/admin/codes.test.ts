/** Codes that a newer server may invent are left to its own words. */
import { expect, it } from 'vitest'
import { aimOf, findingWord, mendWord } from './codes'

it('knows findings and their mends', () => {
  expect([findingWord('trial_account'), findingWord('a_new_one')]).toEqual(['trial_account', undefined])
  expect([mendWord('numbers_missing'), mendWord('numbers_fine')]).toEqual(['numbers_missing', undefined])
  expect(findingWord('toString')).toBeUndefined()
})

it('tells a target with its bound in the unit of the figure', () => {
  const aim = { target_code: 'at_most', target_value: 250, unit: 'ms' }
  expect(aimOf(aim, 'en-US')).toEqual({ word: 'at_most', bound: '250 ms' })
  expect(aimOf({ ...aim, target_value: null }, 'en-US')).toBeUndefined()
  expect(aimOf({ target_code: 'answers', target_value: null, unit: '' }, 'en-US')?.word).toBe('answers')
  expect(aimOf({ ...aim, target_code: 'a_new_one' }, 'en-US')).toBeUndefined()
})
