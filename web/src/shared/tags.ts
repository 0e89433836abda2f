/** Tags from the server, with how many contacts have each. */
import { body, client, type Schemas } from '@/api/client'
import { count } from '@/shared/format'
import { PAGE_ROWS, usePaged } from '@/shared/paged'

export type Tag = Schemas['Tag']

/** Tags that begin so, in alphabetical order. */
export function useTags(q: string, enabled = true) {
  return usePaged<Tag>(
    ['contacts', 'tags', q],
    cursor =>
      body(
        client.GET('/api/v1/tags', { params: { query: { q: q || undefined, cursor, limit: PAGE_ROWS } } }),
      ),
    enabled,
  )
}

/** 1,200, or 10,000+ where nobody counted further. */
export function contactsOf({ contacts, at_least }: Tag, locale: string): string {
  return `${count(contacts, locale)}${at_least ? '+' : ''}`
}
