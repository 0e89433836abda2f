/** Lists that come page by page: asked for as the reader comes near the end. */
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

type PageOf<T> = { items: T[]; next_cursor?: string | null }

/** Rows of one request; the API's largest page. */
export const PAGE_ROWS = 100

export function usePaged<T>(
  key: QueryKey,
  ask: (cursor: string | undefined) => Promise<PageOf<T>>,
  enabled = true,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(pageParam),
    getNextPageParam: last => last.next_cursor ?? undefined,
  })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap(page => page.items) ?? [], [pages])
  return { ...query, rows }
}
