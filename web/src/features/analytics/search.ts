/** What the address of the page says: how far back, which area, which department. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Asked } from '@/shared/best-hours'

/** Days that one looks back. */
export const SPANS = [30, 90, 365] as const
export type Span = (typeof SPANS)[number]
export type HoursSearch = { days: Span; area?: string; department?: string }

const DAYS_DEFAULT: Span = 90
const DAY_MS = 86_400_000

/** Drops what is not known. The router reads `?area=1` as a number. */
export function parseSearch(raw: Record<string, unknown>): HoursSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return {
    days: SPANS.find(span => span === raw.days) ?? DAYS_DEFAULT,
    area: text(raw.area),
    department: text(raw.department),
  }
}

/** As the server is asked: the last days up to today. */
export function toAsked({ days, area, department }: HoursSearch, now: number): Asked {
  const date = (at: number) => new Date(at).toISOString().slice(0, 10)
  return { from: date(now - days * DAY_MS), to: date(now), area, department_id: department }
}

export function useHoursSearch(): [HoursSearch, (part: Partial<HoursSearch>) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = parseSearch(raw)
  function change(part: Partial<HoursSearch>) {
    const { days, ...rest } = { ...search, ...part }
    const next = { ...rest, ...(days === DAYS_DEFAULT ? {} : { days }) }
    void navigate({ to: '.', search: () => next, replace: true, resetScroll: false })
  }
  return [search, change]
}
