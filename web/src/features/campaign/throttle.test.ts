/** Wishes are fulfilled at once, then at the most so often, and never forgotten. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { throttle } from './throttle'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('acts at once, then once for all wishes within the time', () => {
  const act = vi.fn()
  const wish = throttle(act, 5_000)
  wish()
  wish()
  wish()
  expect(act).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(5_000)
  expect(act).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(60_000)
  expect(act).toHaveBeenCalledTimes(2)
})

it('forgets a wish that was taken back', () => {
  const act = vi.fn()
  const wish = throttle(act, 5_000)
  wish()
  wish()
  wish.cancel()
  vi.advanceTimersByTime(10_000)
  expect(act).toHaveBeenCalledTimes(1)
})
