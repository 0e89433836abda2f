/** One stream: what it tells counts, and so does its saying that nothing has changed. */
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useEvents } from './live'

class Stream extends EventTarget {
  static last: Stream
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor() {
    super()
    Stream.last = this
  }
  close() {}
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 })
  vi.stubGlobal('EventSource', Stream)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('takes a heartbeat for figures that are as true as now, and tells nothing', () => {
  const tell = vi.fn()
  const { result } = renderHook(() => useEvents('/api/v1/events', { progress: tell }))
  act(() => void Stream.last.dispatchEvent(new MessageEvent('progress', { data: '{"total":5}' })))
  expect(tell).toHaveBeenCalledWith({ total: 5 })
  expect(result.current).toEqual({ connected: true, heardAt: 1_000 })
  vi.setSystemTime(11_000)
  act(() => void Stream.last.dispatchEvent(new MessageEvent('heartbeat', { data: '{"as_of":"x"}' })))
  expect(result.current.heardAt).toBe(11_000)
  expect(tell).toHaveBeenCalledTimes(1)
})

it('says since when it has heard nothing when the stream is lost', () => {
  const { result } = renderHook(() => useEvents('/api/v1/events', {}))
  act(() => Stream.last.onopen?.())
  vi.setSystemTime(9_000)
  act(() => Stream.last.onerror?.())
  expect(result.current).toEqual({ connected: false, heardAt: 1_000 })
})
