/** The handset as a state machine: what is heard now, what was heard, and which keys mean something. Pure. */
import { type Cue, cuesOf, type Step } from './cues'

export type Phase = 'idle' | 'ringing' | 'talking' | 'asking' | 'over'
/** Something that was heard or pressed. */
export type Line = {
  kind: Cue['kind'] | 'key' | 'ignored'
  text: string
  state: 'past' | 'now' | 'ahead'
}
export type Player = {
  phase: Phase
  cues: Cue[]
  /** Which cue is heard now. */
  at: number
  /** Lines of earlier documents of this call, and keys. */
  before: Line[]
  /** Goes up with each document, so that what ends late is known to belong to another one. */
  round: number
}
export type PlayerEvent =
  | { type: 'called'; steps: readonly Step[] }
  | { type: 'pickedUp' }
  | { type: 'cueEnded'; round: number; at: number }
  | { type: 'pressed'; key: string }
  | { type: 'answered'; steps: readonly Step[] }
  | { type: 'notAnswered' }
  | { type: 'hungUp' }

export const IDLE: Player = { phase: 'idle', cues: [], at: 0, before: [], round: 0 }
export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

/** Whether a key pressed now reaches the call. */
export function listens(player: Player): boolean {
  return player.phase === 'talking' && player.cues[player.at]?.listens === true
}

export function play(player: Player, event: PlayerEvent): Player {
  switch (event.type) {
    case 'called':
      return { ...IDLE, phase: 'ringing', cues: cuesOf(event.steps), round: player.round + 1 }
    case 'pickedUp':
      return player.phase === 'ringing' ? begin(player) : player
    case 'cueEnded': {
      const isNow = player.phase === 'talking' && event.round === player.round && event.at === player.at
      return isNow ? begin({ ...player, at: player.at + 1 }) : player
    }
    case 'pressed':
      return pressed(player, event.key)
    case 'answered': {
      if (player.phase !== 'asking') return player
      return begin({ ...player, cues: cuesOf(event.steps), at: 0, round: player.round + 1 })
    }
    case 'notAnswered':
      return player.phase === 'asking' ? { ...player, phase: 'over' } : player
    case 'hungUp':
      return player.phase === 'idle' ? player : { ...player, phase: 'over' }
  }
}

/** The cue at hand begins; at the last one the call is over. */
function begin(player: Player): Player {
  const cue = player.cues[player.at]
  const isEnd = cue === undefined || cue.kind === 'hangup'
  return { ...player, phase: isEnd ? 'over' : 'talking' }
}

function pressed(player: Player, key: string): Player {
  if (player.phase !== 'talking') return player
  if (!listens(player)) {
    // The call goes on; what was pressed is remembered behind what has been heard so far.
    return { ...player, before: [...player.before, { kind: 'ignored', text: key, state: 'past' }] }
  }
  const heard = player.cues.slice(0, player.at + 1).map(it => lineOf(it, 'past'))
  const now: Line = { kind: 'key', text: key, state: 'past' }
  return { ...player, phase: 'asking', before: [...player.before, ...heard, now], cues: [], at: 0 }
}

function lineOf(cue: Cue, state: Line['state']): Line {
  return { kind: cue.kind, text: cue.text, state }
}

/** Everything of this call so far and what is still to come, in order. */
export function linesOf(player: Player): Line[] {
  const isTalking = player.phase === 'talking'
  const isOver = player.phase === 'over'
  const current = player.cues.map((cue, index) => {
    if (isTalking) return lineOf(cue, index < player.at ? 'past' : index === player.at ? 'now' : 'ahead')
    return lineOf(cue, isOver && index <= player.at ? 'past' : 'ahead')
  })
  return [...player.before, ...current]
}
