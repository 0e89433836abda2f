/** Documents become cues: one a sentence, keys listened for where the document gathers them. */
import { describe, expect, it } from 'vitest'
import { cuesOf, sentencesOf } from './cues'

describe('sentencesOf', () => {
  it('cuts after full stops and keeps them', () => {
    expect(sentencesOf('Hello Ada. Is it you? Good!')).toEqual(['Hello Ada.', 'Is it you?', 'Good!'])
  })

  it('takes a text without an end as one sentence, and nothing as none', () => {
    expect(sentencesOf('hello')).toEqual(['hello'])
    expect(sentencesOf('  ')).toEqual([])
  })

  it('loses nothing of a text that begins with dots', () => {
    expect(sentencesOf('… and so on').join(' ')).toContain('and so on')
  })
})

describe('cuesOf', () => {
  it('listens for keys within a gather and after it, and nowhere else', () => {
    const cues = cuesOf([
      { kind: 'say', text: 'This call is recorded.' },
      { kind: 'gather', timeout_s: 4, steps: [{ kind: 'say', text: 'Hello.' }] },
      { kind: 'say', text: 'Goodbye.' },
    ])
    expect(cues.map(cue => [cue.kind, cue.listens])).toEqual([
      ['say', false],
      ['say', true],
      ['listen', true],
      ['say', false],
      ['hangup', false],
    ])
    expect(cues[2]?.seconds).toBe(4)
  })

  it('ends with the first hang-up or queue', () => {
    expect(cuesOf([{ kind: 'hangup' }, { kind: 'say', text: 'Never.' }]).map(cue => cue.kind)).toEqual([
      'hangup',
    ])
    expect(cuesOf([{ kind: 'enqueue', text: 'sales' }, { kind: 'hangup' }]).map(cue => cue.kind)).toEqual([
      'queue',
    ])
  })

  it('takes longer to speak slowly', () => {
    const text = 'A sentence of some length that takes a while to say.'
    const [slow] = cuesOf([{ kind: 'say', text, rate_percent: 50 }])
    const [usual] = cuesOf([{ kind: 'say', text }])
    expect(slow?.seconds).toBeGreaterThan(usual?.seconds ?? 0)
  })
})
