import { describe, expect, it } from 'vitest'
import { NO_FILTER } from './filter'
import { exportAddress, importSearch, parseImportSearch } from './search'

describe('the address of a file of contacts', () => {
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
