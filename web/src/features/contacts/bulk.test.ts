import { describe, expect, it } from 'vitest'
import { NO_FILTER } from '@/shared/contact-filter/filter'
import { reasonsOf, whomOf } from './bulk-queries'
import { ALL, NOTHING, toggled } from './selection'

describe('whom a change is for', () => {
  it('names rows, or the filter that finds all of them', () => {
    expect(whomOf(toggled(NOTHING, 'a', ['a'], false), NO_FILTER)).toEqual({ contact_ids: ['a'] })
    expect(whomOf(ALL, { ...NO_FILTER, tag: 'vip' })).toEqual({ filter: { tag: 'vip' } })
    expect(whomOf(ALL, NO_FILTER)).toEqual({ filter: { all: true } })
  })
})

describe('refusals', () => {
  it('stand below their reason', () => {
    const refused = [
      { contact_id: 'a', message: 'is being called' },
      { contact_id: 'b', message: 'is in an active campaign' },
      { contact_id: 'c', message: 'is in an active campaign' },
    ]
    expect(reasonsOf(refused)).toEqual([
      { message: 'is in an active campaign', ids: ['b', 'c'] },
      { message: 'is being called', ids: ['a'] },
    ])
  })
})
