/** Who is signed in. Asked once; the shell and every `may` read it from the query cache. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { body, client, done, Problem, type Schemas } from '@/api/client'
import { queries } from '@/api/query'
import { type Action, may, type Role } from './permissions'

export type Session = Schemas['SessionView']

const SESSION = {
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await body(client.GET('/api/v1/session'))
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null
      throw error
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
}

/** `undefined` while it is asked for, `null` when nobody is signed in. */
export function useSession() {
  return useQuery(SESSION)
}

/**
 * The signed-in person, inside the shell. When the log-in ends under an open page, it is still the last one known for the
 * moment until the sign-in takes the page's place.
 */
export function useMe(): Session {
  const { data } = useSession()
  const known = useRef(data)
  if (data) known.current = data
  if (!known.current) throw new Error('a page of the shell is shown to somebody who is not signed in')
  return known.current
}

/** Whether the signed-in person's role may do something. */
export function useMay(action: Action): boolean {
  return may(useMe().user.role as Role, action)
}

/**
 * Keeps who is signed in from now on, and nothing that was shown before. The session's own query stays: who watches it
 * would not hear of one made anew.
 */
function begin(session: Session | null) {
  queries.removeQueries({ predicate: query => query.queryKey[0] !== SESSION.queryKey[0] })
  queries.setQueryData(SESSION.queryKey, session)
}

export function signedIn(session: Session) {
  begin(session)
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => done(client.DELETE('/api/v1/session')),
    onSettled: () => begin(null),
  })
}
