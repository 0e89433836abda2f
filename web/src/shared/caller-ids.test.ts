/** What a campaign may call from, and what it was set to call from before. */
import { expect, it } from 'vitest'
import { defaultNumber, offered } from './caller-ids'

const NUMBERS = [
  { number: '+12025550100', is_default: true },
  { number: '+12025550101', is_default: false },
]

it('offers the carrier’s numbers, and keeps those that it has no more in sight', () => {
  expect(offered(NUMBERS, ['+12025550101', '+12025550199'])).toEqual([
    { number: '+12025550100', mark: 'default' },
    { number: '+12025550101', mark: undefined },
    { number: '+12025550199', mark: 'gone' },
  ])
})

it('knows the default, and when there is none', () => {
  expect(defaultNumber(NUMBERS)).toBe('+12025550100')
  expect([defaultNumber([]), defaultNumber(undefined)]).toEqual([undefined, undefined])
})
