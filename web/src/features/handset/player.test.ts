/** The handset plays documents as a telephone does: in order, once, and keys only where they are listened for. */
import { describe, expect, it } from 'vitest'
import type { Step } from './cues'
import { IDLE, linesOf, listens, type Player, type PlayerEvent, play } from './player'

const MESSAGE: Step[] = [
  {
    kind: 'gather',
    digits: ['9'],
    timeout_s: 4,
    steps: [
      { kind: 'say', text: 'Hello Ada. Your order is ready.' },
      { kind: 'pause', seconds: 1 },
      { kind: 'say', text: 'Press 9 to be called no more.' },
    ],
  },
  { kind: 'hangup' },
]
const GOODBYE: Step[] = [{ kind: 'say', text: 'You will not be called again.' }, { kind: 'hangup' }]

function playerAfter(...events: PlayerEvent[]): Player {
  return events.reduce(play, IDLE)
}
const called: PlayerEvent = { type: 'called', steps: MESSAGE }
const pickedUp: PlayerEvent = { type: 'pickedUp' }
const ended = (at: number, round = 1): PlayerEvent => ({ type: 'cueEnded', round, at })

describe('a call', () => {
  it('rings, is picked up, and is heard to its end', () => {
    expect(playerAfter(called).phase).toBe('ringing')
    const talking = playerAfter(called, pickedUp)
    expect([talking.phase, talking.at]).toEqual(['talking', 0])
    const over = playerAfter(called, pickedUp, ended(0), ended(1), ended(2), ended(3), ended(4))
    expect(over.phase).toBe('over')
  })

  it('marks the sentence that is heard now', () => {
    const states = linesOf(playerAfter(called, pickedUp, ended(0))).map(line => line.state)
    expect(states).toEqual(['past', 'now', 'ahead', 'ahead', 'ahead', 'ahead'])
  })

  it('ignores an end that belongs to another cue or another document', () => {
    const player = playerAfter(called, pickedUp, ended(0))
    expect(play(player, ended(0))).toBe(player)
    expect(play(player, ended(1, 99))).toBe(player)
  })

  it('ends when one hangs up, and then stays so', () => {
    const over = playerAfter(called, pickedUp, { type: 'hungUp' })
    expect(over.phase).toBe('over')
    expect(play(over, ended(0)).phase).toBe('over')
    expect(play(over, { type: 'pressed', key: '9' })).toBe(over)
  })

  it('begins afresh when it is called again', () => {
    const again = playerAfter(called, pickedUp, { type: 'hungUp' }, called)
    expect([again.phase, again.round, again.before]).toEqual(['ringing', 2, []])
  })

  it('ends at once when the document says nothing', () => {
    expect(playerAfter({ type: 'called', steps: [] }, pickedUp).phase).toBe('over')
  })
})

describe('a key', () => {
  const talking = playerAfter(called, pickedUp)
  it('asks what follows, from the first word on', () => {
    expect(listens(talking)).toBe(true)
    const asking = play(talking, { type: 'pressed', key: '9' })
    expect(asking.phase).toBe('asking')
    expect(linesOf(asking).map(line => line.kind)).toEqual(['say', 'key'])
  })

  it('is answered by another document, after which the first one is past', () => {
    const answered = playerAfter(
      called,
      pickedUp,
      { type: 'pressed', key: '9' },
      { type: 'answered', steps: GOODBYE },
    )
    expect([answered.phase, answered.at, answered.round]).toEqual(['talking', 0, 2])
    expect(linesOf(answered).map(line => line.text)).toContain('You will not be called again.')
    expect(listens(answered)).toBe(false)
    expect(play(answered, ended(0, 2)).phase).toBe('over')
  })

  it('means nothing where nobody listens, and the call goes on', () => {
    const playing = playerAfter({ type: 'called', steps: GOODBYE }, pickedUp)
    const pressed = play(playing, { type: 'pressed', key: '5' })
    expect([pressed.phase, pressed.at]).toEqual(['talking', 0])
    expect(pressed.before).toEqual([{ kind: 'ignored', text: '5', state: 'past' }])
  })

  it('that nobody answers ends the call', () => {
    expect(playerAfter(called, pickedUp, { type: 'pressed', key: '9' }, { type: 'notAnswered' }).phase).toBe(
      'over',
    )
  })

  it('does nothing while it rings', () => {
    const ringing = playerAfter(called)
    expect(play(ringing, { type: 'pressed', key: '1' })).toBe(ringing)
  })
})
