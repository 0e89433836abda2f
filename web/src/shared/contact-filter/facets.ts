/** What of a filter is set, each with a chip of its own that takes it away. */
import type { ContactFilter } from './filter'

/** A field, the days of something, or a custom field by its key. */
export type Facet =
  | { name: 'tag' | 'language' | 'department_id' | 'outcome'; value: string }
  | { name: 'added' | 'last_called'; from: string; to: string }
  | { name: 'never_called' }
  | { name: 'custom'; key: string; value: string }

export function facetsOf(filter: ContactFilter): Facet[] {
  const { added_from, added_to, last_called_from, last_called_to } = filter
  const facets: Facet[] = []
  if (filter.tag) facets.push({ name: 'tag', value: filter.tag })
  if (added_from || added_to) facets.push({ name: 'added', from: added_from, to: added_to })
  if (filter.never_called) facets.push({ name: 'never_called' })
  if (last_called_from || last_called_to) {
    facets.push({ name: 'last_called', from: last_called_from, to: last_called_to })
  }
  for (const name of ['outcome', 'language', 'department_id'] as const) {
    if (filter[name]) facets.push({ name, value: filter[name] })
  }
  for (const [key, value] of Object.entries(filter.custom)) facets.push({ name: 'custom', key, value })
  return facets
}

/** The filter without one of what is set. */
export function without(filter: ContactFilter, facet: Facet): ContactFilter {
  switch (facet.name) {
    case 'added':
    case 'last_called':
      return { ...filter, [`${facet.name}_from`]: '', [`${facet.name}_to`]: '' }
    case 'never_called':
      return { ...filter, never_called: false }
    case 'custom': {
      const { [facet.key]: _, ...custom } = filter.custom
      return { ...filter, custom }
    }
    default:
      return { ...filter, [facet.name]: '' }
  }
}
