/** The word for a loudness, at its bounds. */
import { describe, expect, it } from 'vitest'
import { loudnessOf } from './loudness'

describe('loudnessOf', () => {
  it.each([
    [-60, 'quiet'],
    [-32.1, 'quiet'],
    [-32, 'fine'],
    [-18, 'fine'],
    [-10, 'fine'],
    [-9.9, 'loud'],
  ] as const)('%d dB is %s', (dbfs, word) => {
    expect(loudnessOf(dbfs)).toBe(word)
  })
})
