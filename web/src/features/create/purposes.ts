/** What a campaign may be for, in the order of the list. */
import type { Schemas } from '@/api/client'

export const PURPOSES = [
  'informational',
  'telemarketing',
  'healthcare',
  'collections',
  'charity',
  'political',
  'survey',
  'emergency',
] as const satisfies readonly Schemas['Purpose'][]

export function isPurpose(word: string | null): word is Schemas['Purpose'] {
  return PURPOSES.some(purpose => purpose === word)
}
