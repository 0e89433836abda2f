/** Settings as sentences: what is set is said, what is not set is said as well. */
import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { GROUPS, type Say, settingLines } from './settings-lines'

const campaign: Schemas['Campaign'] = {
  id: 'c',
  version: 1,
  name: 'Q4 survey',
  description: '',
  department_id: 'd',
  status: 'active',
  purpose: 'informational',
  message: {
    kind: 'tts',
    text: 'Hello',
    voice: 'Polly.Joanna-Neural',
    language: 'en-US',
    rate_percent: 100,
    pitch_percent: 0,
  },
  after_message: { kind: 'hangup' },
  caller_ids: [],
  ring_timeout_s: 30,
  answering_machine: 'off',
  opt_out: { enabled: false, digit: '9' },
  recording: { enabled: false },
  retry: { max_attempts: 3, delays_s: [3600], on: ['no_answer', 'busy'] },
  schedule: { kind: 'manual' },
  calling_hours: null,
  recipient_hours: { enabled: true, start: '08:00', end: '21:00' },
  limits: { max_concurrent_calls: null, calls_per_second: null },
  created_at: '2026-11-22T14:00:00Z',
}
const say: Say = {
  n: String,
  span: seconds => `${seconds} s`,
  standard: undefined,
  phone: number => number,
  list: words => words.join(' and '),
  outcome: word => word,
  day: word => word,
  schedule: schedule => schedule.kind,
  instant: at => at,
  language: tag => tag,
}

function said(change: Partial<Schemas['Campaign']> = {}): string[] {
  const lines = settingLines({ ...campaign, ...change }, say)
  return GROUPS.flatMap(group =>
    lines[group].map(line => i18next.t(`campaign.setting.${line.word}`, line.values ?? {})),
  )
}

describe('settingLines', () => {
  it('says defaults as what they are', () => {
    expect(said()).toEqual([
      'Spoken by Polly.Joanna-Neural in en-US, at 100 % speed.',
      'No key to opt out is offered.',
      'Then hangs up.',
      'Calls from the organization’s default number.',
      'Lets the phone ring for 30 s.',
      'Does not listen for answering machines: “Answered” is a person or a machine.',
      'Calls each person at most 3 times.',
      'Waits 3600 s and 3600 s before the next attempt.',
      'Tries again after: no_answer and busy.',
      'manual.',
      'Only from 08:00 to 21:00 by the clock of the person called, wherever they may be.',
      'The campaign has no hours of its own.',
      'As many calls at once as the organization’s settings allow.',
      'As many calls a second as the organization’s settings allow.',
    ])
  })

  it('says that people are called once when nothing is retried', () => {
    expect(said({ retry: { max_attempts: 1, delays_s: [], on: ['busy'] } })).toContain(
      'Calls each person once.',
    )
    expect(said({ retry: { max_attempts: 3, delays_s: [], on: [] } })).toContain('Calls each person once.')
  })

  it('says limits, hours and the budget of a campaign', () => {
    const lines = said({
      limits: { max_concurrent_calls: 1, calls_per_second: 2.5 },
      calling_hours: { timezone: 'America/New_York', days: ['mon', 'fri'], start: '09:00', end: '17:00' },
      budget: { amount: '50.00', currency: 'USD', warn_percent: 80 },
    })
    expect(lines).toContain('At most 1 call at once.')
    expect(lines).toContain('At most 2.5 calls a second.')
    expect(lines).toContain('Only on mon and fri from 09:00 to 17:00 in America/New_York.')
    expect(lines).toContain('At most 50.00 USD, with a warning at 80 %.')
  })

  it('says that there is no message yet', () => {
    expect(said({ message: null })[0]).toBe('There is no message yet.')
  })
})
