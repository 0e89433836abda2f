/** How server state is kept: when it is asked for again, and what is done when the log-in has ended. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Problem } from './client'

/** Asked again at the most so often by moving about. Milliseconds. */
const FRESH_FOR = 15_000
const RETRIES_MAX = 2

const SESSION_KEY = ['session']

function signedOut(error: unknown) {
  // The log-in ended meanwhile: the session is asked for again, and the shell shows the sign-in with the way back.
  if (error instanceof Problem && error.status === 401) queries.setQueryData(SESSION_KEY, null)
}

/** A question may be asked again when nobody answered; what was refused stays refused. */
function worthAnotherTry(count: number, error: unknown): boolean {
  return count < RETRIES_MAX && error instanceof Problem && (error.status === 0 || error.status >= 500)
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: signedOut }),
  mutationCache: new MutationCache({ onError: signedOut }),
  defaultOptions: {
    queries: { staleTime: FRESH_FOR, retry: worthAnotherTry, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
})
