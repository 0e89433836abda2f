/** A form keeps what was typed, and each complaint has its field. */
import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { isWithin, Problem } from '@/api/client'
import { newerVersion, standsBeside, useFields } from './fields'

const INVALID = new Problem(422, {
  type: '/problems/invalid',
  errors: [{ field: 'caller_ids[1]', message: 'is too short' }],
})

describe('useFields', () => {
  it('keeps what was typed and says what is wrong beside it', () => {
    const { result, rerender } = renderHook(
      ({ error }) => useFields({ name: '', caller_ids: ['+1'] }, error),
      {
        initialProps: { error: undefined as unknown },
      },
    )
    act(() => result.current.text('name').onChange({ currentTarget: { value: 'Ann' } }))
    rerender({ error: INVALID })
    expect(result.current.text('name')).toMatchObject({ value: 'Ann', error: undefined })
    expect(result.current.value('caller_ids').error).toBe('is too short')
  })
})

describe('isWithin', () => {
  it.each([
    ['name', 'name', true],
    ['retry.delays_s[0]', 'retry', true],
    ['caller_ids[1]', 'caller_ids', true],
    ['names', 'name', false],
  ])('%s is in %s: %s', (path, field, expected) => {
    expect(isWithin(path, field)).toBe(expected)
  })
})

describe('standsBeside', () => {
  it('is so when every complaint has a field', () => {
    expect(standsBeside(INVALID, ['caller_ids'])).toBe(true)
    expect(standsBeside(INVALID, ['name'])).toBe(false)
    expect(standsBeside(new Problem(500), ['name'])).toBe(false)
    expect(standsBeside(new Error('gone'), ['name'])).toBe(false)
  })
})

describe('newerVersion', () => {
  it('is what a stale edit was answered with', () => {
    // As it comes over the wire.
    const answer = JSON.parse('{ "type": "/problems/version-conflict", "current": { "version": 8 } }')
    const stale = new Problem(409, answer)
    expect(newerVersion<{ version: number }>(stale)).toEqual({ version: 8 })
    expect(newerVersion(INVALID)).toBeUndefined()
  })
})
