/** States that a newer server may invent are not shown as if they were known. */
import { expect, it } from 'vitest'
import { attemptState } from './attempt-state'

it('knows the states of a call and no others', () => {
  expect([attemptState('ringing'), attemptState('new')]).toEqual(['ringing', undefined])
})
