import { describe, expect, it } from 'vitest'
import { facetsOf, without } from './facets'
import {
  filterBody,
  filterOf,
  filterQuery,
  filterSearch,
  isNarrowed,
  isSame,
  NO_FILTER,
  parseFilter,
  tidy,
} from './filter'

const FULL = {
  ...NO_FILTER,
  q: 'lee',
  tag: 'vip',
  added_from: '2026-03-07',
  added_to: '2026-03-08',
  outcome: 'busy' as const,
  custom: { plan: 'gold' },
}

describe('the address', () => {
  it('drops what it does not know, and reads digits as text', () => {
    const search = { q: 2025550143, tag: null, outcome: 'sad', added_from: 'soon', page: 3, 'custom.age': 40 }
    expect(parseFilter(search)).toEqual({ ...NO_FILTER, q: '2025550143', custom: { age: '40' } })
  })

  it('is read back as it was written', () => {
    expect(parseFilter(filterSearch(FULL))).toEqual(FULL)
    expect(parseFilter({ never_called: true }).never_called).toBe(true)
  })

  it('is empty when nothing is set', () => {
    expect(Object.values(filterSearch(NO_FILTER)).filter(Boolean)).toEqual([])
    expect(isNarrowed(NO_FILTER)).toBe(false)
  })

  it('asks nothing of the last call of people who were never called', () => {
    const both = { ...NO_FILTER, never_called: true, outcome: 'busy' as const, last_called_to: '2026-01-01' }
    expect(tidy(both)).toEqual({ ...NO_FILTER, never_called: true })
  })
})

describe('what the API is asked', () => {
  it('takes the last day whole', () => {
    const words = filterQuery(FULL)
    expect(words.added_from).toBe(new Date(2026, 2, 7).toISOString())
    expect(words.added_to).toBe(new Date(2026, 2, 9).toISOString())
    expect(words['custom.plan']).toBe('gold')
  })

  it('says everybody when nothing is set', () => {
    expect(filterBody(NO_FILTER)).toEqual({ all: true })
  })

  it('is read back from a saved filter', () => {
    expect(filterOf(filterBody(FULL))).toEqual(FULL)
    expect(filterOf({ all: true })).toEqual(NO_FILTER)
  })
})

describe('chips', () => {
  it('names each thing that is set once, and takes it away alone', () => {
    const facets = facetsOf(FULL)
    expect(facets.map(it => it.name)).toEqual(['tag', 'added', 'outcome', 'custom'])
    const rest = facets.reduce(without, FULL)
    expect(rest).toEqual({ ...NO_FILTER, q: 'lee' })
  })

  it('knows the same filter again', () => {
    expect(isSame(FULL, { ...FULL, custom: { plan: 'gold' } })).toBe(true)
    expect(isSame(FULL, { ...FULL, custom: {} })).toBe(false)
  })
})
