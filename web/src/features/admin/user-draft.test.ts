import { describe, expect, it } from 'vitest'
import type { User } from './queries'
import { newUser, userChange, userDraft } from './user-draft'

const ANN: User = {
  id: 'u1',
  version: 4,
  email: 'ann@example.com',
  name: 'Ann Lee',
  role: 'manager',
  department_ids: ['sales', 'service'],
  disabled: false,
  second_factor: false,
  created_at: '2026-11-22T09:00:00Z',
}

describe('newUser', () => {
  it('leaves out what was left empty', () => {
    expect(newUser({ ...userDraft(undefined), email: 'bo@example.com' })).toEqual({
      email: 'bo@example.com',
      role: 'manager',
    })
  })
})

describe('userChange', () => {
  it('tells no role and no password that were not changed, since they would sign the person out', () => {
    const draft = { ...userDraft(ANN), department_ids: ['service', 'sales'], name: 'Ann Lee-Wu' }
    expect(userChange(ANN, draft)).toEqual({ version: 4, name: 'Ann Lee-Wu' })
  })

  it('tells departments whole', () => {
    expect(userChange(ANN, { ...userDraft(ANN), department_ids: [] })).toEqual({
      version: 4,
      department_ids: [],
    })
  })
})
