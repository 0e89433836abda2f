import { describe, expect, it } from 'vitest'
import { contactSearch, exportAddress, importSearch, parseContactSearch, parseImportSearch } from './search'

describe('the address of the contact book', () => {
  it('drops what it does not know, and reads digits as text', () => {
    expect(parseContactSearch({ q: 2025550143, tag: 'vip', page: 3 })).toEqual({
      q: '2025550143',
      tag: 'vip',
    })
    expect(parseContactSearch({ q: ['a'], tag: null })).toEqual({ q: '', tag: '' })
  })

  it('is short when nothing is searched for', () => {
    expect(contactSearch({ q: '', tag: '' })).toEqual({ q: undefined, tag: undefined })
  })

  it('exports what is shown', () => {
    expect(exportAddress('vcf', { q: 'lee & co', tag: '' })).toBe(
      '/api/v1/contacts/export?format=vcf&q=lee+%26+co',
    )
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
