import { describe, expect, it } from 'vitest'
import type { CustomField } from '@/shared/custom-fields'
import { fieldChange, fieldDraft, keyOf, moved, newField } from './custom-field-draft'

const PLAN: CustomField = {
  id: 'f1',
  version: 3,
  key: 'plan',
  label: 'Plan',
  kind: 'choice',
  choices: ['gold', 'silver'],
  is_required: false,
  is_visible: true,
  position: 0,
  archived: false,
}

describe('keyOf', () => {
  it.each([
    ['Loyalty points (2026)', 'loyalty_points_2026'],
    ['  Straße ', 'strasse'],
    ['Prénom', 'prenom'],
    ['2nd phone', 'field_2nd_phone'],
    ['%%', ''],
  ])('%s: %s', (label, key) => expect(keyOf(label)).toBe(key))
})

describe('what the API is told', () => {
  it('makes the key of the label when none was typed', () => {
    const draft = { ...fieldDraft(undefined), label: 'Loyalty points', choices: ['left over'] }
    expect(newField(draft)).toMatchObject({ key: 'loyalty_points', kind: 'short_text', choices: [] })
  })

  it('tells only what was changed', () => {
    expect(fieldChange(PLAN, fieldDraft(PLAN))).toEqual({ version: 3 })
    const draft = { ...fieldDraft(PLAN), kind: 'short_text' as const, is_required: true }
    expect(fieldChange(PLAN, draft)).toEqual({
      version: 3,
      kind: 'short_text',
      choices: [],
      is_required: true,
    })
  })
})

describe('moved', () => {
  const placed = (id: string, position: number) => ({ id, version: 1, position })
  const inOrder = [placed('a', 0), placed('b', 1), placed('c', 2)]

  it('swaps two neighbors and touches nobody else', () => {
    expect(moved(inOrder, 'b', -1)).toEqual([placed('b', 0), placed('a', 1)])
    expect(moved(inOrder, 'b', 1)).toEqual([placed('c', 1), placed('b', 2)])
  })

  it('stays at the edges', () => {
    expect(moved(inOrder, 'a', -1)).toEqual([])
    expect(moved(inOrder, 'c', 1)).toEqual([])
  })

  it('gives everybody a place of their own where several had the same', () => {
    expect(moved([placed('a', 5), placed('b', 5)], 'b', -1)).toEqual([placed('b', 0), placed('a', 1)])
  })
})
