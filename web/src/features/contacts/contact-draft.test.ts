import { describe, expect, it } from 'vitest'
import { contactChange, draftOf, NO_CONTACT, newContact } from './contact-draft'
import type { Contact } from './queries'

const ANN: Contact = {
  id: 'c1',
  version: 5,
  department_id: 'd1',
  name: 'Ann Lee',
  first_name: 'Ann',
  last_name: 'Lee',
  phone: '+12025550143',
  email: 'ann@example.com',
  company: '',
  notes: '',
  tags: ['vip'],
  timezone: null,
  language: 'en-US',
  postal_code: null,
  state: null,
  custom: {},
  created_at: '2026-11-22T09:00:00Z',
  updated_at: '2026-11-22T09:00:00Z',
}

describe('newContact', () => {
  it('tells only what was typed', () => {
    const draft = { ...NO_CONTACT, phone: '202 555 0143', first_name: 'Ann', company: '  ' }
    expect(newContact(draft)).toEqual({ phone: '202 555 0143', first_name: 'Ann', tags: [], custom: {} })
  })
})

describe('contactChange', () => {
  it('tells nothing but the version when nothing was changed', () => {
    expect(contactChange(ANN, draftOf(ANN))).toEqual({ version: 5 })
  })

  it('leaves the name to follow its parts', () => {
    expect(contactChange(ANN, { ...draftOf(ANN), last_name: 'Wu' })).toEqual({ version: 5, last_name: 'Wu' })
  })

  it('empties what was emptied', () => {
    const draft = { ...draftOf(ANN), email: '', language: ' ', tags: [] }
    expect(contactChange(ANN, draft)).toEqual({ version: 5, email: null, language: null, tags: [] })
  })
})
