/** How many contacts have a tag, in words. */
import { expect, it } from 'vitest'
import { contactsOf } from './tags'

it('says where counting ended', () => {
  expect(contactsOf({ tag: 'vip', contacts: 1_200, at_least: false }, 'en-US')).toBe('1,200')
  expect(contactsOf({ tag: 'vip', contacts: 10_000, at_least: true }, 'en-US')).toBe('10,000+')
})
