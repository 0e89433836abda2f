import { describe, expect, it } from 'vitest'
import { filterQuery, NO_FILTER } from '@/shared/contact-filter/filter'
import { EXPORTS, exportAddress, importSearch, parseImportSearch } from './search'

describe('the address of a file of contacts', () => {
  it('takes every condition that the list takes, and each kind of file the same', () => {
    const filter = {
      q: 'lee',
      tag: 'vip',
      added_from: '2026-03-07',
      added_to: '2026-03-08',
      last_called_from: '2026-04-01',
      last_called_to: '2026-04-02',
      language: 'es',
      department_id: 'd1',
      never_called: true,
      outcome: 'busy',
      custom: { plan: 'gold' },
    } as const
    for (const kind of ['csv', 'raw', 'xlsx', 'vcf'] as const) {
      const query = new URL(exportAddress(kind, filter), 'http://localhost').searchParams
      const { format, style, ...conditions } = Object.fromEntries(query)
      expect({ format, ...(style && { style }) }).toEqual(EXPORTS[kind])
      expect(conditions).toEqual(filterQuery(filter))
    }
  })

  it('exports what is shown, in the style that is asked for', () => {
    expect(exportAddress('vcf', { ...NO_FILTER, q: 'lee & co' })).toBe(
      '/api/v1/contacts/export?format=vcf&q=lee+%26+co',
    )
    expect(exportAddress('raw', NO_FILTER)).toBe('/api/v1/contacts/export?format=csv&style=raw')
  })
})

describe('the address of imports', () => {
  it('names a list or none', () => {
    expect(parseImportSearch({ list: 'new' })).toEqual({ list: 'new', from: 'csv' })
    expect(parseImportSearch({})).toEqual({ list: undefined, from: 'csv' })
  })

  it('says where new lists come from, unless they are files', () => {
    expect(parseImportSearch({ list: 'new', from: 'sheets' })).toEqual({ list: 'new', from: 'sheets' })
    expect(parseImportSearch({ list: 'new', from: 'fax' }).from).toBe('csv')
    expect(importSearch({ list: 'i1', from: 'sheets' })).toEqual({ list: 'i1', from: 'sheets' })
    expect(importSearch({ list: 'i1', from: 'csv' })).toEqual({ list: 'i1', from: undefined })
    expect(importSearch({ list: undefined, from: 'sheets' })).toEqual({})
  })
})
