/** A list that may be long: by position when its length is known and great, else page after page. */
import type { QueryKey } from '@tanstack/react-query'
import { useFarRows } from './far-rows'
import { usePaged } from './paged'

/** From so many rows on, a scroll bar that reaches everywhere is worth asking by position. */
const FAR_FROM = 1_000

type Asked = { cursor?: string; position?: number }
type PageOf<T> = { items: T[]; next_cursor?: string | null }

export function useAnyLength<T>(
  key: QueryKey,
  total: number | undefined,
  ask: (asked: Asked) => Promise<PageOf<T>>,
) {
  const isFar = total !== undefined && total > FAR_FROM
  const near = usePaged<T>(key, cursor => ask({ cursor }), !isFar)
  const far = useFarRows<T>(key, total ?? 0, position => ask({ position }), isFar)
  const table = isFar
    ? { rows: [], far: far.far }
    : {
        rows: near.rows,
        hasMore: near.hasNextPage && !near.isFetchingNextPage,
        onMore: () => void near.fetchNextPage(),
      }
  return { list: isFar ? far : near, table }
}
