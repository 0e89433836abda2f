import { describe, expect, it } from 'vitest'
import { named, sentence } from './words'

describe('sentence', () => {
  it.each([
    ['the balance is 12.50 USD', 'The balance is 12.50 USD.'],
    ['try again; is the carrier’s address right?', 'Try again; is the carrier’s address right?'],
    ['', ''],
  ])('reads %j as %j', (text, expected) => {
    expect(sentence(text)).toBe(expected)
  })
})

describe('named', () => {
  it('makes words of a name', () => {
    expect(named('carrier_latency_p99')).toBe('Carrier latency p99')
    expect(named('')).toBe('')
  })
})
