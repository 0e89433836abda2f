/** Columns become fields, and faults are found before the server is asked. */
import { describe, expect, it } from 'vitest'
import type { CustomField } from '@/shared/custom-fields'
import { type Choices, customName, faultOf, fromSuggested, isReadable, toMapping } from './mapping'

const COLUMNS = ['Phone', 'Name', 'Plan'].map(name => ({ name, samples: [] }))
const suggest = (suggested: object, defined: CustomField[] = []) =>
  fromSuggested({ columns: COLUMNS, suggested_mapping: suggested as Record<string, never> }, defined)

const PLAN: CustomField = {
  id: 'f1',
  key: 'plan',
  label: 'Contract',
  kind: 'choice',
  choices: ['gold'],
  is_required: false,
  is_visible: true,
  archived: false,
  position: 0,
  version: 1,
}

describe('a mapping', () => {
  it('is the one that was suggested until somebody chooses', () => {
    const mapping = { phone: 'Phone', name: 'Name', custom: { plan: 'Plan' } }
    expect(toMapping(suggest(mapping))).toEqual(mapping)
  })

  it('keeps what nobody recognized as custom fields, where it holds anything and a name is free', () => {
    const columns = [
      { name: 'Phone', samples: ['+1'] },
      { name: 'Plan (2026)', samples: ['', 'gold'] },
      { name: 'plan-2026', samples: ['gold'] },
      { name: 'State', samples: ['NY'] },
      { name: 'Empty', samples: ['', ' '] },
    ]
    const suggested_mapping = { phone: 'Phone' } as unknown as Record<string, never>
    expect(toMapping(fromSuggested({ columns, suggested_mapping }, []))).toEqual({
      phone: 'Phone',
      custom: { plan_2026: 'Plan (2026)' },
    })
  })

  it('knows which custom fields are defined, and sends them like any other', () => {
    const choices = suggest({ phone: 'Phone', custom: { plan: 'Plan' } }, [PLAN])
    expect(choices.Plan).toEqual({ field: 'defined', custom: 'plan' })
    expect(toMapping(choices)).toEqual({ phone: 'Phone', custom: { plan: 'Plan' } })
    const twice: Choices = { ...choices, Name: { field: 'custom', custom: 'plan' } }
    expect(faultOf(twice, 'Plan')).toBe('twice')
  })

  it('leaves out columns that are nothing, and an empty suggestion', () => {
    const choices = suggest({ phone: '' })
    expect(toMapping(choices)).toEqual({})
    expect(isReadable(choices)).toBe(false)
  })

  it('needs a phone and each field once', () => {
    const choices: Choices = {
      Phone: { field: 'phone', custom: '' },
      Mobile: { field: 'phone', custom: '' },
      Name: { field: 'name', custom: '' },
    }
    expect(faultOf(choices, 'Phone')).toBe('twice')
    expect(faultOf(choices, 'Name')).toBeUndefined()
    expect(isReadable(choices)).toBe(false)
    expect(isReadable({ ...choices, Mobile: { field: '', custom: '' } })).toBe(true)
  })

  it('checks the names of custom fields', () => {
    const named = (custom: string): Choices => ({
      Phone: { field: 'phone', custom: '' },
      Plan: { field: 'custom', custom },
      Old: { field: 'custom', custom: 'old' },
    })
    expect(faultOf(named('plan'), 'Plan')).toBeUndefined()
    expect(faultOf(named(''), 'Plan')).toBe('badName')
    expect(faultOf(named('my plan'), 'Plan')).toBe('badName')
    expect(faultOf(named('email'), 'Plan')).toBe('takenName')
    expect(faultOf(named('old'), 'Plan')).toBe('twice')
  })

  it.each([
    ['Plan (2026)', 'plan_2026'],
    ['Größe', 'gro_e'],
    ['2nd phone', 'field_2nd_phone'],
    ['***', 'field'],
  ])('makes a name of %s', (column, name) => {
    expect(customName(column)).toBe(name)
  })
})
