/** What the address of a campaign's page says beside its path: tab, filters, and who is looked at. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Schemas } from '@/api/client'
import { OUTCOMES } from '@/shared/outcomes'

export const TABS = ['recipients', 'attempts', 'runs', 'settings', 'log'] as const
export type Tab = (typeof TABS)[number]
export const STATES = ['pending', 'dialing', 'retrying', 'completed', 'failed', 'suppressed'] as const

export type CampaignSearch = {
  tab: Tab
  state?: Schemas['RecipientState']
  outcome?: Schemas['Outcome']
  q?: string
  run?: string
  recipient?: string
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T | undefined {
  return words.find(word => word === value)
}

function text(value: unknown): string | undefined {
  // The router reads `?q=2025` as a number.
  const words = typeof value === 'number' ? String(value) : value
  return typeof words === 'string' && words !== '' ? words : undefined
}

/** Drops what is not known. */
export function parseSearch(raw: Record<string, unknown>): CampaignSearch {
  return {
    tab: oneOf(TABS, raw.tab) ?? 'recipients',
    state: oneOf(STATES, raw.state),
    outcome: oneOf(OUTCOMES, raw.outcome),
    q: text(raw.q),
    run: text(raw.run),
    recipient: text(raw.recipient),
  }
}

/** What stands in the address: no defaults, nothing empty. */
export function toAddress(search: CampaignSearch): Partial<CampaignSearch> {
  const shown = { ...search, tab: search.tab === 'recipients' ? undefined : search.tab }
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined && value !== ''))
}

type Change = (change: Partial<CampaignSearch>, how?: { keep: boolean }) => void

/** The address as it is, and a way to change it. `keep: true` leaves a step for the back button. */
export function useCampaignSearch(): [CampaignSearch, Change] {
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = parseSearch(raw)
  const change: Change = (part, how) => {
    const next = toAddress({ ...search, ...part })
    void navigate({ to: '.', search: () => next, replace: !how?.keep, resetScroll: false })
  }
  return [search, change]
}
