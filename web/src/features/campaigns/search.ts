/** What the address of the list says: the tab and the words searched for. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Status } from '@/shared/can'

export const TABS = ['active', 'scheduled', 'drafts', 'completed'] as const
export type Tab = (typeof TABS)[number]
export type ListSearch = { tab: Tab; q: string }

/** Paused and failed campaigns need somebody, so they stand among the active ones. */
export const STATUSES: Record<Tab, readonly Status[]> = {
  active: ['active', 'paused', 'failed'],
  scheduled: ['scheduled'],
  drafts: ['draft'],
  completed: ['completed'],
}

/** Drops what is not known. The router reads `?q=2025` as a number. */
export function parseSearch(raw: Record<string, unknown>): ListSearch {
  const q = typeof raw.q === 'number' ? String(raw.q) : raw.q
  return { tab: TABS.find(tab => tab === raw.tab) ?? 'active', q: typeof q === 'string' ? q : '' }
}

/** What stands in the address: no defaults. */
export function toAddress({ tab, q }: ListSearch): { tab?: Tab; q?: string } {
  return { ...(tab === 'active' ? {} : { tab }), ...(q === '' ? {} : { q }) }
}

export function useListSearch(): [ListSearch, (part: Partial<ListSearch>) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = parseSearch(raw)
  function change(part: Partial<ListSearch>) {
    const next = toAddress({ ...search, ...part })
    void navigate({ to: '.', search: () => next, replace: part.tab === undefined, resetScroll: false })
  }
  return [search, change]
}
