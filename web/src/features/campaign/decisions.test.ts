/** What rules decided is told once each, and words that are not known here are left to the server. */
import { expect, it } from 'vitest'
import { decisions, dueReason, type Story } from './decisions'

const STORY: Story = {
  id: 'r',
  run_id: 'n',
  contact_id: null,
  name: 'Ann',
  phone: '+12025550143',
  state: 'retrying',
  reason: null,
  attempts: 1,
  outcome: 'busy',
  due_at: '2026-11-22T15:00:00Z',
  timezones: [],
  fields: {},
  history: [],
}
const HOURS = {
  kind: 'recipient_hours',
  message: 'x',
  recipients: 1,
  until: '2026-11-23T13:00:00Z',
  openings: [],
}
const words = (change: Partial<Story>) => decisions({ ...STORY, ...change }).map(it => it.word)

it('tells nothing that is not known', () => {
  expect(words({})).toEqual([])
  expect(words({ due_reason: 'a whim' })).toEqual([])
})

it('tells from when on, until when, and what holds it', () => {
  expect(words({ enrolled_at: '2026-11-22T14:00:00Z', due_reason: 'retry_delay', held_by: HOURS })).toEqual([
    'enrolled',
    'due',
    'held',
  ])
  expect(words({ suppressed_at: '2026-11-22T14:00:00Z', due_at: null })).toEqual(['suppressed'])
})

it('tells what said where they may be, and names few of many zones', () => {
  const timezones_from = [
    { clue: 'number', timezones: ['America/New_York', 'b', 'c', 'd', 'e'] },
    { clue: 'state', timezones: [] },
    { clue: 'a hunch', timezones: ['f'] },
  ]
  expect(decisions({ ...STORY, timezones_from })).toEqual([
    {
      word: 'zones',
      clues: [
        { clue: 'number', zones: ['America/New York', 'b', 'c'], more: 2 },
        { clue: 'state', zones: [], more: 0 },
      ],
    },
  ])
  expect(words({ timezones_from: null })).toEqual([])
})

it('says the same hours once', () => {
  expect(words({ due_reason: 'recipient_hours', held_by: HOURS })).toEqual(['due'])
})

it('knows the reasons of the server', () => {
  expect([dueReason('daily_cap'), dueReason(null)]).toEqual(['daily_cap', undefined])
})
