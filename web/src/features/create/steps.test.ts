/** Where each fault stands, and what the rail shows of it. */
import { describe, expect, it } from 'vitest'
import type { Campaign, FieldProblem } from './draft'
import { type People, parseSearch, STEPS, stateOf, stepOf, troubles } from './steps'

const NOW = Date.parse('2026-12-07T14:00:00Z')
/** Only what is looked at. */
const campaign = (part: Partial<Campaign>) =>
  ({ name: 'Survey', status: 'draft', message: null, schedule: { kind: 'manual' }, ...part }) as Campaign
const troublesOf = (it: Campaign, people: People | undefined, said: FieldProblem[]) =>
  troubles(it, people, said, NOW)
const hello = { kind: 'tts', text: 'Hello {{name}}' }
const SOME = { total: 10, suppressed: 1 }

describe('troubles', () => {
  it('finds what is missing', () => {
    const words = troublesOf(campaign({ name: ' ' }), { total: 0, suppressed: 0 }, []).map(it => it.word)
    expect(words).toEqual(['name', 'recipients', 'message'])
  })

  it('finds nothing in a campaign that can start', () => {
    expect(troublesOf(campaign({ message: hello }), SOME, [])).toEqual([])
    expect(troublesOf(campaign({ message: { kind: 'audio', audio_id: 'a' } }), SOME, [])).toEqual([])
  })

  it('waits for the number of people before it says that there are none', () => {
    expect(troublesOf(campaign({ message: hello }), undefined, [])).toEqual([])
  })

  it('sees a list of which nobody may be called', () => {
    const found = troublesOf(campaign({ message: hello }), { total: 3, suppressed: 3 }, [])
    expect(found).toEqual([{ step: 'contacts', field: 'recipients', word: 'nobodyCallable' }])
  })

  it('sees a message that cannot be read, and a recording that is not chosen', () => {
    const open = troublesOf(campaign({ message: { kind: 'tts', text: 'Hi {{name' } }), SOME, [])
    expect(open[0]).toMatchObject({ word: 'template', field: 'message.text' })
    expect(troublesOf(campaign({ message: { kind: 'audio' } }), SOME, [])[0]?.word).toBe('audio')
  })

  it('sees a planned time that is past, unless the schedule is in force', () => {
    const schedule = { kind: 'once', at: '2026-12-07T09:00', timezone: 'America/New_York' }
    const past = troublesOf(campaign({ message: hello, schedule }), SOME, [])
    expect(past).toEqual([{ step: 'schedule', field: 'schedule.at', word: 'past' }])
    expect(stateOf('schedule', past)).toBe('problem')
    const later = { ...schedule, timezone: 'America/Chicago' }
    expect(troublesOf(campaign({ message: hello, schedule: later }), SOME, [])).toEqual([])
    expect(troublesOf(campaign({ message: hello, schedule, status: 'scheduled' }), SOME, [])).toEqual([])
  })

  it('adds what the server said, each at its step, and nothing twice', () => {
    const said = [
      { field: 'message', message: 'write a message' },
      { field: 'carrier', message: 'an administrator must set up the carrier first' },
      { field: 'retry.delays_s[0]', message: 'must be at least 900' },
    ]
    const found = troublesOf(campaign({}), SOME, said)
    expect(found.map(it => [it.step, it.word])).toEqual([
      ['call', 'message'],
      ['review', 'said'],
      ['retry', 'said'],
    ])
  })
})

describe('stateOf', () => {
  it('is open for what is missing, a problem for what is wrong, else done', () => {
    const found = troublesOf(campaign({}), SOME, [{ field: 'retry.max_attempts', message: 'x' }])
    expect(STEPS.map(step => stateOf(step, found))).toEqual([
      'done',
      'done',
      'open',
      'problem',
      'done',
      'open',
    ])
  })
})

describe('the address', () => {
  it('knows where a field is edited', () => {
    expect(stepOf('caller_ids[2]')).toBe('call')
    expect(stepOf('recipient_hours.end')).toBe('schedule')
    expect(stepOf('anything else')).toBe('review')
  })

  it('drops what it does not know', () => {
    expect(parseSearch({ step: 'contacts', from: 'csv', import: 'i1' })).toEqual({
      step: 'contacts',
      from: 'csv',
      import: 'i1',
    })
    expect(parseSearch({ step: 'contacts', from: 'sheets' }).from).toBe('sheets')
    expect(parseSearch({ step: 'x', from: 'sheet', import: 4 })).toEqual({
      step: 'details',
      from: undefined,
      import: undefined,
    })
  })
})
