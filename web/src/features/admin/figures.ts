/** Figures of the system's health as people read them. Pure. */
import type { Schemas } from '@/api/client'
import { bytes, count, percent } from '@/shared/format'

type Figure = Schemas['HealthFigure']
type Health = Schemas['SystemHealth']
type Level = Figure['level']

/** Figures that have words of their own. */
const FIGURE_NAMES = [
  'campaigns_active',
  'calls_under_way',
  'calls_per_minute',
  'backlog',
  'carrier_latency_median',
  'carrier_latency_p99',
  'carrier_error_rate',
  'database',
  'database_size',
  'commit_latency_p99',
  'disk_free',
  'nodes',
] as const
/** Background tasks that have words of their own: those that tick. */
const LOOP_NAMES = ['dialer', 'importer', 'reconciler', 'scheduler', 'sweeper', 'timekeeper'] as const

export function isFigureName(name: string): name is (typeof FIGURE_NAMES)[number] {
  return FIGURE_NAMES.some(known => known === name)
}

export function isLoopName(name: string): name is (typeof LOOP_NAMES)[number] {
  return LOOP_NAMES.some(known => known === name)
}

/** With its unit where it is not in the name; nothing when there is nothing to tell yet. */
export function figureValue(
  { value, unit }: Pick<Figure, 'value' | 'unit'>,
  locale: string,
): string | undefined {
  if (value === null) return undefined
  if (typeof value === 'string') return value
  switch (unit) {
    case 'ms':
      return `${count(value, locale)} ms`
    case 'percent':
      return percent(value, locale)
    case 'bytes':
      return bytes(value, locale)
    default:
      return count(value, locale)
  }
}

/** The worst of all levels is the system's. */
export function worst(health: Pick<Health, 'figures' | 'loops'>): Level {
  const levels = [...health.figures, ...health.loops].map(it => it.level)
  if (levels.includes('bad')) return 'bad'
  return levels.includes('warn') ? 'warn' : 'good'
}
