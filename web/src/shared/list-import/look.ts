/** What a list holds, as parts of a bar. Pure. */
import type { Schemas } from '@/api/client'

type Look = Schemas['LookView']

export const PARTS = ['valid', 'duplicates_in_file', 'duplicates_existing', 'do_not_call', 'invalid'] as const
export type PartName = (typeof PARTS)[number]

/** Widths in percent; a part with rows is never too thin to be seen. */
export function barOf(look: Look): { name: PartName; rows: number; width: number }[] {
  const LEAST = 1
  const parts = PARTS.filter(name => look[name] > 0).map(name => ({
    name,
    rows: look[name],
    width: Math.max(LEAST, (look[name] / look.rows) * 100),
  }))
  const sum = parts.reduce((all, part) => all + part.width, 0)
  return parts.map(part => ({ ...part, width: (part.width / sum) * 100 }))
}

/** Rows that become contacts, or are found in the contact book. */
export function usable(look: Look): number {
  return look.rows - look.invalid - look.duplicates_in_file
}
