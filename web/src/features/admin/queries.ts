/** What administrators manage, from the server. */
import { useQuery } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'
import { PAGE_ROWS, usePaged } from '@/shared/paged'

export type User = Schemas['UserView']
export type Token = Schemas['TokenView']

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: () => body(client.GET('/api/v1/settings')) })
}

export function useCarrier() {
  return useQuery({ queryKey: ['carrier'], queryFn: () => body(client.GET('/api/v1/carrier')) })
}

export function useUsers() {
  return usePaged(['users'], cursor =>
    body(client.GET('/api/v1/users', { params: { query: { cursor, limit: PAGE_ROWS } } })),
  )
}

export function useTokens() {
  return usePaged(['tokens'], cursor =>
    body(client.GET('/api/v1/tokens', { params: { query: { cursor, limit: PAGE_ROWS } } })),
  )
}
