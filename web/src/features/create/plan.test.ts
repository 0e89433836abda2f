/** The sentence of what will happen, clause by clause. */
import { describe, expect, it } from 'vitest'
import type { Campaign } from './draft'
import { callsAtMost, messageSeconds, plan } from './plan'

const BASE = {
  message: {
    kind: 'tts',
    text: 'Hello {{first_name|there}}, this is {{organization_name}}.',
    rate_percent: 100,
  },
  recipient_hours: { enabled: true, start: '08:00', end: '21:00' },
  calling_hours: null,
  retry: { max_attempts: 3, delays_s: [3600], on: ['no_answer'] },
  opt_out: { enabled: false, digit: '9' },
  answering_machine: 'off',
} as unknown as Campaign // Only what the sentence speaks of.
const FACTS = { callable: 1_200, audioSeconds: undefined, organization: 'Acme' }

const words = (change: Partial<Campaign>, facts = FACTS) =>
  plan({ ...BASE, ...change }, facts).map(clause => clause.word)

describe('plan', () => {
  it('says who, when, how often, what and what then', () => {
    expect(plan(BASE, FACTS)).toEqual([
      { word: 'people', n: 1_200 },
      { word: 'recipientHours', start: '08:00', end: '21:00' },
      { word: 'attempts', n: 3 },
      { word: 'speaks', seconds: 3 },
      { word: 'hangsUp' },
    ])
  })

  it('says nothing of people before they are counted', () => {
    expect(words({}, { ...FACTS, callable: undefined as unknown as number })[0]).toBe('recipientHours')
    expect(words({}, { ...FACTS, callable: 0 })[0]).toBe('nobody')
  })

  it('says hours of both kinds', () => {
    const calling_hours: Campaign['calling_hours'] = {
      timezone: 'America/New_York',
      days: ['mon'],
      start: '09:00',
      end: '17:00',
    }
    expect(
      words({ calling_hours, recipient_hours: { enabled: false, start: '08:00', end: '21:00' } }),
    ).toEqual(expect.arrayContaining(['anyHour', 'campaignHours']))
  })

  it('says once when nothing is tried again', () => {
    expect(plan({ ...BASE, retry: { max_attempts: 3, delays_s: [], on: [] } }, FACTS)).toContainEqual({
      word: 'attempts',
      n: 1,
    })
  })

  it('knows recordings, machines and the way out', () => {
    const message = { kind: 'audio', audio_id: 'a' }
    const facts = { ...FACTS, audioSeconds: 14 }
    expect(plan({ ...BASE, message }, facts as never)).toContainEqual({ word: 'plays', seconds: 14 })
    expect(words({ message: null })).toContain('noMessage')
    expect(words({ opt_out: { enabled: true, digit: '9' }, answering_machine: 'leave_message' })).toEqual(
      expect.arrayContaining(['optOut', 'leavesMessage']),
    )
  })
})

describe('figures', () => {
  it('counts calls at the most', () => {
    expect(callsAtMost(BASE, 100)).toBe(300)
    expect(callsAtMost({ retry: { max_attempts: 5, delays_s: [], on: [] } }, 100)).toBe(100)
  })

  it('does not guess the length of a broken text', () => {
    expect(messageSeconds({ message: { kind: 'tts', text: '{{' } }, FACTS)).toBeUndefined()
  })
})
