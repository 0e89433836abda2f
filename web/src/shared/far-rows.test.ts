/** Which pages of a long list are asked for: those in sight and a little around them, and never more. */
import { expect, it } from 'vitest'
import { pagesAround } from './far-rows'

it('asks for what is in sight and for the next page when its border is near', () => {
  expect(pagesAround(0, 30, 1_000_000)).toEqual([0])
  expect(pagesAround(20, 50, 1_000_000)).toEqual([0, 1])
  expect(pagesAround(499_990, 500_020, 1_000_000)).toEqual([4_999, 5_000])
})

it('asks for nothing beyond the end', () => {
  expect(pagesAround(999_970, 999_999, 1_000_000)).toEqual([9_999])
  expect(pagesAround(0, 30, 12)).toEqual([0])
  expect(pagesAround(0, 0, 0)).toEqual([0])
})
