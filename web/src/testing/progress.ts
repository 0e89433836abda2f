/** The progress of a run, for tests: nobody, and what differs from that. */
import type { Schemas } from '@/api/client'

type Change = Partial<Omit<Schemas['Progress'], 'outcomes'>> & { outcomes?: Partial<Schemas['Outcomes']> }

export function progressOf({ outcomes, ...change }: Change): Schemas['Progress'] {
  return {
    total: 0,
    called: 0,
    completed: 0,
    failed: 0,
    remaining: 0,
    retrying: 0,
    dialing: 0,
    suppressed: 0,
    attempts: 0,
    calls_per_minute: 0,
    success_rate: null,
    estimated_end: null,
    as_of: '2026-11-22T14:00:00Z',
    ...change,
    outcomes: {
      answered: 0,
      no_answer: 0,
      busy: 0,
      failed: 0,
      voicemail: 0,
      abandoned: 0,
      opted_out: 0,
      canceled: 0,
      unknown: 0,
      ...outcomes,
    },
  }
}
