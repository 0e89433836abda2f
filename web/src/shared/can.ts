/** Which moves a campaign's status allows. Mirrors `CampaignStatus` in the domain crate; the API has the last word. */
import type { Schemas } from '@/api/client'

export type Status = Schemas['CampaignStatus']

const MOVES = {
  launch: ['draft', 'scheduled'],
  schedule: ['draft'],
  unschedule: ['scheduled'],
  pause: ['scheduled', 'active'],
  resume: ['paused', 'failed'],
  stop: ['scheduled', 'active', 'paused', 'failed'],
  delete: ['draft'],
  duplicate: ['draft', 'scheduled', 'active', 'paused', 'completed', 'failed'],
  editWords: ['draft', 'scheduled', 'active', 'paused', 'completed', 'failed'],
  editLimits: ['draft', 'scheduled', 'active', 'paused'],
  editSettings: ['draft', 'scheduled'],
} as const satisfies Record<string, readonly Status[]>

export type Move = keyof typeof MOVES

export const MOVE_NAMES = Object.keys(MOVES) as Move[]

export function can(move: Move, status: Status): boolean {
  return (MOVES[move] as readonly Status[]).includes(status)
}
