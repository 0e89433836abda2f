/**
 * Rows of a list whose length is known: pages are asked for by their position as they come into sight, so the scroll
 * bar reaches any of a million rows at once, and only what was lately in sight is kept.
 */
import { type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

/** Rows of one request. */
export const FAR_PAGE_ROWS = 100
/** The reader stays so long at a place before its rows are asked for: pages flown over are not. Milliseconds. */
const SETTLES_AFTER = 60
/** Rows beyond the edges that are asked for as well. */
const AHEAD = 60
/** Pages out of sight are forgotten after this, milliseconds. */
const KEPT_FOR = 60_000

/** A list as a table reads it: rows that are not there yet are `undefined`. */
export type FarRows<T> = {
  count: number
  at: (index: number) => T | undefined
  onSight: (first: number, last: number) => void
}

type PageOf<T> = { items: T[] }

/** The pages that hold these rows and some around them. */
export function pagesAround(first: number, last: number, count: number): number[] {
  const from = Math.floor(Math.max(first - AHEAD, 0) / FAR_PAGE_ROWS)
  const to = Math.floor(Math.min(last + AHEAD, Math.max(count - 1, 0)) / FAR_PAGE_ROWS)
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index)
}

export function useFarRows<T>(
  key: QueryKey,
  count: number,
  ask: (position: number) => Promise<PageOf<T>>,
  enabled: boolean,
) {
  const cache = useQueryClient()
  const [sight, setSight] = useState({ first: 0, last: 0 })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const onSight = useCallback((first: number, last: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSight({ first, last }), SETTLES_AFTER)
  }, [])
  const pages = enabled ? pagesAround(sight.first, sight.last, count) : []
  const asked = useQueries({
    queries: pages.map(page => ({
      queryKey: [...key, 'page', page],
      queryFn: () => ask(page * FAR_PAGE_ROWS),
      gcTime: KEPT_FOR,
    })),
  })
  function at(index: number): T | undefined {
    const page = cache.getQueryData<PageOf<T>>([...key, 'page', Math.floor(index / FAR_PAGE_ROWS)])
    return page?.items[index % FAR_PAGE_ROWS]
  }
  const hasRows = asked.some(page => page.data !== undefined) || at(0) !== undefined
  return {
    far: { count, at, onSight } satisfies FarRows<T>,
    rows: hasRows ? [true] : [],
    isPending: !hasRows && asked.some(page => page.isPending),
    error: asked.find(page => page.error)?.error ?? null,
    refetch: () => Promise.all(asked.map(page => page.refetch())),
  }
}
