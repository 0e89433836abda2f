import { describe, expect, it } from 'vitest'
import { expiry, tokenState } from './token-state'

const NOW = Date.parse('2026-11-22T12:00:00Z')

describe('tokenState', () => {
  it('is good until it ends, and for good when it never does', () => {
    expect(tokenState({ revoked_at: null, expires_at: null }, NOW)).toBe('good')
    expect(tokenState({ revoked_at: null, expires_at: '2026-11-22T12:00:01Z' }, NOW)).toBe('good')
    expect(tokenState({ revoked_at: null, expires_at: '2026-11-22T12:00:00Z' }, NOW)).toBe('expired')
  })

  it('is revoked whatever its end was', () => {
    expect(tokenState({ revoked_at: '2026-11-01T00:00:00Z', expires_at: '2026-11-02T00:00:00Z' }, NOW)).toBe(
      'revoked',
    )
  })
})

describe('expiry', () => {
  it('counts days from now', () => {
    expect(expiry('30', NOW)).toBe('2026-12-22T12:00:00.000Z')
    expect(expiry('never', NOW)).toBeUndefined()
  })
})
