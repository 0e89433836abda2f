/** The contacts that a filter shows, page by page. */
import { body, client, type Schemas } from '@/api/client'
import type { paths } from '@/api/schema'
import { PAGE_ROWS, usePaged } from '@/shared/paged'
import { type ContactFilter, filterQuery, filterSearch } from './filter'

export type Contact = Schemas['ContactView']

export function useContacts(filter: ContactFilter) {
  return usePaged<Contact>(['contacts', 'list', filterSearch(filter)], cursor =>
    body(
      client.GET('/api/v1/contacts', {
        params: { query: { ...asked(filter), cursor, limit: PAGE_ROWS } },
      }),
    ),
  )
}

/** Edge of the program: the document can't name the parameters of custom fields, and outcomes are words here. */
function asked(filter: ContactFilter): Parameters {
  return filterQuery(filter) as Parameters
}

type Parameters = NonNullable<paths['/api/v1/contacts']['get']['parameters']['query']>
