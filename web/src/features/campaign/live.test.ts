/** What an event of the stream does: figures at once, what depends on them soon and seldom, lists only while nobody reads on. */
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { progressOf } from '@/testing/progress'
import { renewals } from './live'

const ID = 'c1'
let queries: QueryClient

beforeEach(() => {
  vi.useFakeTimers()
  queries = new QueryClient()
})
afterEach(() => void vi.useRealTimers())

function isStale(...key: unknown[]): boolean | undefined {
  return queries.getQueryState(['campaign', ID, ...key])?.isInvalidated
}

function keep(key: unknown[], data: unknown) {
  queries.setQueryData(['campaign', ID, ...key], data)
}

it('puts the figures where the page reads them', () => {
  const progress = progressOf({ total: 5, dialing: 2 })
  renewals(queries, ID).figures(progress)
  expect(queries.getQueryData(['campaign', ID, 'progress'])).toBe(progress)
})

it('puts them beside the newest run, too, and leaves older ones alone', () => {
  keep(['runs'], { pages: [{ items: [{ id: 'r2' }, { id: 'r1' }] }], pageParams: [undefined] })
  const older = progressOf({ total: 9 })
  keep(['runs', 'r1', 'progress'], older)
  const progress = progressOf({ total: 5, completed: 3 })
  renewals(queries, ID).figures(progress)
  expect(queries.getQueryData(['campaign', ID, 'runs', 'r2', 'progress'])).toBe(progress)
  expect(queries.getQueryData(['campaign', ID, 'runs', 'r1', 'progress'])).toBe(older)
})

it('asks for reasons again at once, then at the most every five seconds', () => {
  const { figures } = renewals(queries, ID)
  keep(['explain'], {})
  figures(progressOf({}))
  expect(isStale('explain')).toBe(true)
  keep(['explain'], {})
  figures(progressOf({}))
  expect(isStale('explain')).toBe(false)
  vi.advanceTimersByTime(5_000)
  expect(isStale('explain')).toBe(true)
})

it('leaves a list alone in which somebody has read on', () => {
  keep(['recipients', { q: 'a' }], { pages: [{}], pageParams: [undefined] })
  keep(['recipients', { q: 'b' }], { pages: [{}, {}], pageParams: [undefined, 'x'] })
  renewals(queries, ID).figures(progressOf({}))
  expect(isStale('recipients', { q: 'a' })).toBe(true)
  expect(isStale('recipients', { q: 'b' })).toBe(false)
})

it('asks for the line again when a minute has ended', () => {
  keep(['minutes'], { items: [{ at: '2026-11-22T14:00:00Z', started: 1, answered: 0, ended: 0 }] })
  const { figures } = renewals(queries, ID)
  figures(progressOf({ as_of: '2026-11-22T14:00:59Z' }))
  expect(isStale('minutes')).toBe(false)
  figures(progressOf({ as_of: '2026-11-22T14:01:00Z' }))
  expect(isStale('minutes')).toBe(true)
})

it('shows a new status at once and asks for the rest when somebody changed the campaign', () => {
  keep([], { id: ID, status: 'active', version: 3 })
  keep(['log'], {})
  const { status } = renewals(queries, ID)
  status({ status: 'active', status_reason: null, version: 3 })
  expect(isStale('log')).toBe(false)
  status({ status: 'paused', status_reason: null, version: 4 })
  expect(queries.getQueryData(['campaign', ID])).toMatchObject({ status: 'paused', version: 4 })
  expect([isStale(), isStale('log')]).toEqual([true, true])
})

it('does not go back to a status that was sent earlier', () => {
  keep([], { id: ID, status: 'paused', version: 4 })
  renewals(queries, ID).status({ status: 'active', status_reason: null, version: 3 })
  expect(queries.getQueryData(['campaign', ID])).toMatchObject({ status: 'paused', version: 4 })
})

it('renews nothing after the page was left', () => {
  const { figures, stop } = renewals(queries, ID)
  figures(progressOf({}))
  keep(['explain'], {})
  figures(progressOf({}))
  stop()
  vi.advanceTimersByTime(60_000)
  expect(isStale('explain')).toBe(false)
})
