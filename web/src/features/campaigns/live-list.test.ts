/** What the stream says reaches the rows it is about, and nothing else. */
import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import type { Status } from '@/shared/can'
import { type LiveItem, look, type Pages, patchPages, tabCounts } from './live-list'
import { parseSearch, toAddress } from './search'

// Only what the functions look at is given; the rest of a campaign would say nothing here.
const progress = (as_of: string) => ({ as_of, total: 10 }) as Schemas['Progress']
const campaign = (id: string, version: number) => ({ id, version, status: 'active' }) as Schemas['Campaign']
const item = (id: string, version: number, status: Status = 'active', as_of = '1'): LiveItem => ({
  id,
  version,
  status,
  status_reason: null,
  progress: progress(as_of),
})
const pages = (...items: Schemas['Campaign'][]): Pages => ({ pages: [{ items }], pageParams: [undefined] })

describe('patchPages', () => {
  it('puts newer figures into their row and leaves the others as they are', () => {
    const old = pages(campaign('a', 1), campaign('b', 1))
    const next = patchPages(old, [item('a', 1), item('x', 1)])
    expect(next.pages[0]?.items[0]?.progress?.total).toBe(10)
    expect(next.pages[0]?.items[1]).toBe(old.pages[0]?.items[1])
  })

  it('is the same object when nothing is newer', () => {
    const old = patchPages(pages(campaign('a', 1)), [item('a', 1)])
    expect(patchPages(old, [item('a', 1)])).toBe(old)
    expect(patchPages(old, [])).toBe(old)
  })

  it('does not put an older version over a newer one', () => {
    const old = pages(campaign('a', 5))
    expect(patchPages(old, [item('a', 4, 'paused')])).toBe(old)
  })
})

describe('look', () => {
  it('is told of new statuses, but not by the first event', () => {
    const first = look(undefined, [item('a', 1), item('b', 1)])
    expect(first.hasMoved).toBe(false)
    expect(look(first.known, [item('a', 2), item('b', 1)]).hasMoved).toBe(false)
    const paused = look(first.known, [item('a', 3, 'paused')])
    expect(paused.hasMoved).toBe(true)
    expect(look(paused.known, [item('a', 3, 'paused')]).hasMoved).toBe(false)
    expect(look(paused.known, [item('c', 1)]).hasMoved).toBe(true)
  })

  it('sees the first campaign come when there was none', () => {
    expect(look(look(undefined, []).known, [item('a', 1)]).hasMoved).toBe(true)
  })
})

describe('tabCounts', () => {
  it('counts paused and failed ones among the active', () => {
    const counts = tabCounts({ active: 1, paused: 2, failed: 3, scheduled: 4, draft: 5, completed: 6 })
    expect(counts).toEqual({ active: 6, scheduled: 4, drafts: 5, completed: 6 })
  })
})

describe('the address', () => {
  it('takes what it knows and leaves defaults out', () => {
    expect(parseSearch({ tab: 'drafts', q: 2025 })).toEqual({ tab: 'drafts', q: '2025' })
    expect(parseSearch({ tab: 'nonsense', q: ['x'] })).toEqual({ tab: 'active', q: '' })
    expect(toAddress({ tab: 'active', q: '' })).toEqual({})
    expect(toAddress({ tab: 'completed', q: 'survey' })).toEqual({ tab: 'completed', q: 'survey' })
  })
})
