/** Each best practice of the guide is found where it is not kept, and only there. */
import { describe, expect, it } from 'vitest'
import { advice } from './advice'
import type { Campaign } from './draft'

const GOOD = {
  message: { kind: 'tts', text: 'Hello, this is {{organization_name}}.' },
  recipient_hours: { enabled: true, start: '08:00', end: '21:00' },
  calling_hours: null,
  retry: { max_attempts: 3, delays_s: [3_600, 14_400], on: ['no_answer'] },
  opt_out: { enabled: true, digit: '9' },
  answering_machine: 'hang_up',
  ring_timeout_s: 30,
  schedule: { kind: 'manual' },
} as unknown as Campaign // Only what is looked at.

const MONDAY = new Date('2026-11-23T15:00:00Z')
const SUNDAY = new Date('2026-11-22T15:00:00Z')
const FACTS = {
  callable: 80,
  audioSeconds: undefined,
  organization: 'Acme',
  now: MONDAY,
  timezone: 'America/New_York',
}

const words = (change: Partial<Campaign>, facts = FACTS) =>
  advice({ ...GOOD, ...change }, facts).map(it => it.word)

describe('advice', () => {
  it('has nothing to say of a campaign that keeps to the guide', () => {
    expect(words({})).toEqual([])
  })

  it('asks for a test before a long list', () => {
    expect(words({}, { ...FACTS, callable: 101 })).toEqual(['test'])
    expect(words({}, { ...FACTS, callable: 100 })).toEqual([])
  })

  it('knows Sundays by the clock of the organization', () => {
    expect(words({}, { ...FACTS, now: SUNDAY })).toEqual(['sunday'])
    // Monday 15:00 in Greenwich was never a Sunday in New York; Sunday 23:30 there is Monday in Greenwich.
    expect(words({}, { ...FACTS, now: new Date('2026-11-23T04:30:00Z') })).toEqual(['sunday'])
    const calling_hours: Campaign['calling_hours'] = {
      timezone: 'America/New_York',
      days: ['mon'],
      start: '09:00',
      end: '17:00',
    }
    expect(words({ calling_hours }, { ...FACTS, now: SUNDAY })).toEqual([])
  })

  it('listens to the message', () => {
    const message = { kind: 'tts', text: 'Hello. '.repeat(60) }
    expect(words({ message })).toEqual(['long', 'company'])
    expect(words({ message: { kind: 'tts', text: 'Here is ACME.' } })).toEqual([])
    expect(
      words({ message: { kind: 'audio', audio_id: 'a' } }, { ...FACTS, audioSeconds: 31 as never }),
    ).toEqual(['long'])
  })

  it('looks at the way out, machines, ringing and hours', () => {
    expect(words({ opt_out: { enabled: false, digit: '9' } })).toEqual(['optOut'])
    expect(words({ answering_machine: 'off' })).toEqual(['machines'])
    expect(words({ ring_timeout_s: 15 })).toEqual(['ring'])
    expect(words({ recipient_hours: { enabled: false, start: '08:00', end: '21:00' } })).toEqual(['hours'])
  })

  it('looks at retries that are used', () => {
    const retry: Campaign['retry'] = { max_attempts: 5, delays_s: [900], on: ['busy'] }
    expect(words({ retry })).toEqual(['retrySoon', 'manyAttempts'])
    expect(words({ retry: { ...retry, on: [] } })).toEqual([])
    expect(words({ retry: { ...retry, max_attempts: 1 } })).toEqual([])
  })
})
