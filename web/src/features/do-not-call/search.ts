/** What the address of the do-not-call list says beside its path. Digits come from the router as a number. */
export function parseSearch(search: Record<string, unknown>): { q: string } {
  const { q } = search
  return { q: typeof q === 'string' || typeof q === 'number' ? String(q) : '' }
}
