import { describe, expect, it } from 'vitest'
import { draftOf, fieldsIn, likenessOf, mergeBody, mergedTags, mergedValue, otherNumbers } from './duplicates'
import type { Contact } from './queries'

function contact(id: string, part: object): Contact {
  return {
    id,
    version: 2,
    department_id: 'd1',
    name: '',
    first_name: '',
    last_name: '',
    phone: `+120255501${id}`,
    email: 'ann@example.com',
    company: '',
    notes: '',
    tags: [],
    custom: {},
    created_at: `2026-11-${id}T09:00:00Z`,
    updated_at: '2026-11-22T09:00:00Z',
    ...part,
  }
}

const ANNA = contact('20', {
  name: 'Anna Lee',
  company: 'Acme',
  tags: ['VIP', 'new'],
  custom: { plan: 'gold' },
})
const ANN = contact('10', { name: 'Ann Lee', tags: ['vip'] })
const BOTH = [ANNA, ANN]

describe('two contacts side by side', () => {
  it('shows what differs first, and nothing that nobody fills', () => {
    expect(fieldsIn(BOTH)).toEqual([
      { field: 'name', differs: true },
      { field: 'phone', differs: true },
      { field: 'company', differs: true },
      { field: 'custom.plan', differs: true },
      { field: 'email', differs: false },
    ])
  })

  it('keeps the oldest, and fills what it lacks', () => {
    const draft = draftOf(BOTH)
    expect(draft.into).toBe('10')
    expect(mergedValue(BOTH, draft, 'name')).toBe('Ann Lee')
    expect(mergedValue(BOTH, draft, 'company')).toBe('Acme')
    expect(mergedTags(BOTH, draft)).toEqual(['vip', 'new'])
    expect(otherNumbers(BOTH, draft)).toEqual(['+12025550120'])
  })

  it('takes the word that somebody chose, even an empty one', () => {
    const draft = { ...draftOf(BOTH), chosen: { name: '20', company: '10' } }
    expect(mergedValue(BOTH, draft, 'name')).toBe('Anna Lee')
    expect(mergedValue(BOTH, draft, 'company')).toBe('')
    expect(mergeBody(BOTH, draft)).toEqual({
      into: '10',
      version: 2,
      from: ['20'],
      fields: { name: '20', company: '10' },
    })
  })

  it('leaves out who takes no part, and their words', () => {
    const draft = { into: '10', members: ['10'], chosen: { name: '20' } }
    expect(mergeBody(BOTH, draft)).toBeUndefined()
    expect(mergedValue(BOTH, draft, 'name')).toBe('Ann Lee')
  })
})

it('shows numbers of several departments to administrators alone', () => {
  expect([likenessOf('phone', true), likenessOf('phone', false), likenessOf('fax', true)]).toEqual([
    'phone',
    'email',
    'email',
  ])
})
