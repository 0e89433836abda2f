/** Where a call stands, in the API's words that have words here. */
const ATTEMPT_STATES = [
  'reserved',
  'uncertain',
  'accepted',
  'ringing',
  'talking',
  'judging',
  'ended',
] as const
export type AttemptState = (typeof ATTEMPT_STATES)[number]

export function attemptState(state: string): AttemptState | undefined {
  return ATTEMPT_STATES.find(known => known === state)
}
