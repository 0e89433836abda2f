/** What a token is good for now. Pure. */
import type { Token } from './queries'

export type TokenState = 'good' | 'expired' | 'revoked'

export function tokenState(token: Pick<Token, 'revoked_at' | 'expires_at'>, now: number): TokenState {
  if (token.revoked_at) return 'revoked'
  return token.expires_at && Date.parse(token.expires_at) <= now ? 'expired' : 'good'
}

/** Lives that are offered, in days; `never` has no end. */
export const LIVES = ['30', '90', '365', 'never'] as const
export type Life = (typeof LIVES)[number]

const DAY_MS = 86_400_000

export function expiry(life: Life, now: number): string | undefined {
  return life === 'never' ? undefined : new Date(now + Number(life) * DAY_MS).toISOString()
}

export function isLife(word: string | null): word is Life {
  return LIVES.some(life => life === word)
}
