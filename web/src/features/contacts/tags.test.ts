/** What a change of a tag means, and that it goes on until no contact has the old one. */
import { expect, it, vi } from 'vitest'
import { effectOf, isDoNotCall, untilNoneIsLeft } from './tags'

const tag = (name: string, contacts = 1, at_least = false) => ({ tag: name, contacts, at_least })

it.each([
  ['gold', undefined],
  ['VIP', 'merges'],
  [' dnc ', 'lists'],
  ['Silver', 'same'],
] as const)('silver renamed to %s: %s', (to, effect) => {
  expect(effectOf('silver', to, [tag('vip'), tag('silver')])).toBe(effect)
})

it('knows the tag that lists numbers', () => {
  expect([isDoNotCall('DNC'), isDoNotCall('dnc-2')]).toEqual([true, false])
})

it('asks until no contact is left, and sums up', async () => {
  const ask = vi
    .fn()
    .mockResolvedValueOnce({ contacts: 100_000, more: true })
    .mockResolvedValueOnce({ contacts: 5, more: false })
  await expect(untilNoneIsLeft(ask)).resolves.toBe(100_005)
  expect(ask).toHaveBeenCalledTimes(2)
})
