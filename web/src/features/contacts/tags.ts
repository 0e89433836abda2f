/** What can be done with a tag that contacts have: renamed, merged, taken away from everybody. */
import { useQueryClient } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'
import type { Tag } from '@/shared/tags'

type Changed = Schemas['TagsChanged']

/** The tag that puts a number on the do-not-call list; tags are compared in lower case. */
const DO_NOT_CALL = 'dnc'
/** One request changes many thousands; more requests than this for one tag mean that something goes round in circles. */
const REQUESTS_MAX = 100

export function isDoNotCall(tag: string): boolean {
  return tag.trim().toLowerCase() === DO_NOT_CALL
}

/** What a new name does beside renaming: two tags become one, numbers come on the list, or nothing. */
export function effectOf(from: string, to: string, known: Tag[]): 'lists' | 'merges' | 'same' | undefined {
  const name = to.trim().toLowerCase()
  if (name === from) return 'same'
  if (isDoNotCall(name)) return 'lists'
  return known.some(it => it.tag === name) ? 'merges' : undefined
}

/** Asks again while the server says that there are more; answers with how many contacts were changed in all. */
export async function untilNoneIsLeft(ask: () => Promise<Changed>): Promise<number> {
  let changed = 0
  for (let requests = 0; requests < REQUESTS_MAX; requests += 1) {
    const { contacts, more } = await ask()
    changed += contacts
    if (!more) return changed
  }
  return changed
}

export function useTagChanges() {
  const queries = useQueryClient()
  async function told(changed: Promise<number>): Promise<number> {
    try {
      return await changed
    } finally {
      // Also after an error: some may have been changed before it.
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      void queries.invalidateQueries({ queryKey: ['do-not-call'] })
    }
  }
  return {
    rename: (from: string, to: string) =>
      told(untilNoneIsLeft(() => body(client.POST('/api/v1/tags/rename', { body: { from, to } })))),
    remove: (tag: string) =>
      told(untilNoneIsLeft(() => body(client.POST('/api/v1/tags/delete', { body: { tag } })))),
  }
}
