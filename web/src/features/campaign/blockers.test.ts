/** Reasons: known ones by word, faults first. */
import { expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { blockerKind, inOrder, nextOpenings } from './blockers'
import { codeWord } from './carrier-codes'
import { logKind } from './log-kind'

const blocker = (kind: string, recipients: number, openings: Schemas['Awaited'][] = []) => ({
  kind,
  recipients,
  message: kind,
  until: null,
  openings,
})

it('knows the words of the planner and leaves the others to the server', () => {
  expect(blockerKind('retry_wait')).toBe('retry_wait')
  expect(blockerKind('daily_cap')).toBe('daily_cap')
  expect(blockerKind('status')).toBeUndefined()
})

it('puts what needs somebody first, then the most people', () => {
  const kinds = inOrder([
    blocker('retry_wait', 10),
    blocker('recipient_hours', 500),
    blocker('carrier_missing', 1),
  ]).map(it => it.kind)
  expect(kinds).toEqual(['carrier_missing', 'recipient_hours', 'retry_wait'])
})

it('tells the next openings one by one and sums up the later ones', () => {
  const openings = [1, 2, 3, 4, 5, 6].map(day => ({ at: `2026-11-0${day}T08:00:00Z`, recipients: day }))
  const { shown, later } = nextOpenings(blocker('recipient_hours', 30, openings))
  expect(shown.map(opening => opening.recipients)).toEqual([1, 2, 3, 4])
  expect(later).toBe(20)
  expect(nextOpenings(blocker('retry_wait', 3)).shown).toEqual([])
})

it('says what a code of the carrier means', () => {
  expect(codeWord(21211)).toBe('number')
  expect(codeWord(21215)).toBe('country')
  expect(codeWord(20003)).toBe('account')
  expect(codeWord(99999)).toBe('other')
})

it('keeps the reason for which a campaign paused itself', () => {
  expect(logKind({ kind: 'paused', message: 'Paused: no calls are placed' })).toBe('paused')
  expect(logKind({ kind: 'paused', message: 'The carrier refused 5 calls in a row' })).toBeUndefined()
  expect(logKind({ kind: 'recipients_added', message: 'Added 5 recipients' })).toBeUndefined()
})
