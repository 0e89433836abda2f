import { describe, expect, it } from 'vitest'
import { figureValue, worst } from './figures'

describe('figureValue', () => {
  it.each([
    [{ value: 92.4, unit: 'ms' }, '92.4 ms'],
    [{ value: 0.5, unit: 'percent' }, '0.5 %'],
    [{ value: 1_400_000_000, unit: 'bytes' }, '1.4 GB'],
    [{ value: 12_000, unit: 'recipients' }, '12,000'],
    [{ value: 'SQLite 3.50', unit: '' }, 'SQLite 3.50'],
    [{ value: null, unit: 'ms' }, undefined],
  ])('tells %j as %s', (figure, expected) => {
    expect(figureValue(figure, 'en-US')).toBe(expected)
  })
})

describe('worst', () => {
  const figure = (level: 'good' | 'warn' | 'bad') => ({
    name: '',
    value: 1,
    unit: '',
    target_code: 'none',
    target: '',
    level,
  })
  const loop = (level: 'good' | 'warn' | 'bad') => ({ name: '', last_tick_at: null, level })

  it('is good when all is well', () => {
    expect(worst({ figures: [figure('good')], loops: [loop('good')] })).toBe('good')
  })

  it('is what the worst part of it is', () => {
    expect(worst({ figures: [figure('warn')], loops: [loop('good')] })).toBe('warn')
    expect(worst({ figures: [figure('warn')], loops: [loop('bad')] })).toBe('bad')
  })
})
