/** What a call can come to, in the order in which people read it. */
import type { Schemas } from '@/api/client'

export const OUTCOMES = [
  'answered',
  'voicemail',
  'no_answer',
  'busy',
  'failed',
  'opted_out',
  'abandoned',
  'canceled',
  'unknown',
] as const satisfies readonly Schemas['Outcome'][]
