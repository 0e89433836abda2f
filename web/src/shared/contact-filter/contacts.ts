/** The contacts that a filter shows, page by page. */
import { useEffect } from 'react'
import { body, client, type Schemas } from '@/api/client'
import type { paths } from '@/api/schema'
import { PAGE_ROWS, usePaged } from '@/shared/paged'
import { type ContactFilter, filterQuery, filterSearch } from './filter'

export type Contact = Schemas['ContactView']

export function useContacts(filter: ContactFilter) {
  const list = usePaged<Contact>(['contacts', 'list', filterSearch(filter)], cursor =>
    body(
      client.GET('/api/v1/contacts', {
        params: { query: { ...asked(filter), cursor, limit: PAGE_ROWS } },
      }),
    ),
  )
  // The server looks at a bounded number of contacts a page: one without anybody is not yet the end of the book.
  const { rows, data, isFetching, isFetchNextPageError, fetchNextPage } = list
  const isShort = rows.length === 0 && !isFetchNextPageError
  const goesOnAt = isShort ? data?.pages.at(-1)?.next_cursor : undefined
  useEffect(() => {
    if (goesOnAt && !isFetching) void fetchNextPage()
  }, [goesOnAt, isFetching, fetchNextPage])
  return { ...list, isPending: list.isPending || Boolean(goesOnAt) }
}

/** Edge of the program: the document can't name the parameters of custom fields, and outcomes are words here. */
function asked(filter: ContactFilter): Parameters {
  return filterQuery(filter) as Parameters
}

type Parameters = NonNullable<paths['/api/v1/contacts']['get']['parameters']['query']>
