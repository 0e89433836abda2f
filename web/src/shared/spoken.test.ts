/** The same figures as the domain crate's. */
import { describe, expect, it } from 'vitest'
import { spokenSeconds } from './spoken'

describe('spokenSeconds', () => {
  it('follows length, digits and speed', () => {
    const sentence = 'Your appointment is tomorrow at half past nine in the morning, please be on time.'
    const seconds = spokenSeconds(sentence)
    expect(seconds).toBeGreaterThanOrEqual(4)
    expect(seconds).toBeLessThanOrEqual(7)
    expect(spokenSeconds(sentence, 50)).toBeGreaterThanOrEqual(2 * seconds - 1)
    expect(spokenSeconds('2025550143')).toBeGreaterThan(spokenSeconds('telephones'))
  })

  it('says nothing in no time', () => {
    expect(spokenSeconds('')).toBe(0)
  })
})
