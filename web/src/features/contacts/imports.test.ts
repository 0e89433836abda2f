import { describe, expect, it } from 'vitest'
import { canUndo, hasRejects, isRunning, undoLines } from './imports'

const DONE = { state: 'done', undo: null, imported: 3, rejected: 0, campaign_id: null }
const UNDO = { state: 'running', contacts_removed: 0, recipients_removed: 0 }

describe('an import', () => {
  it('runs while it is written or taken back', () => {
    expect(isRunning({ ...DONE, state: 'running' })).toBe(true)
    expect(isRunning({ ...DONE, undo: UNDO })).toBe(true)
    expect(isRunning(DONE)).toBe(false)
  })

  it('can be taken back once, when it left something', () => {
    expect(canUndo(DONE)).toBe(true)
    expect(canUndo({ ...DONE, undo: { ...UNDO, state: 'done' } })).toBe(false)
    expect(canUndo({ ...DONE, imported: 0 })).toBe(false)
    expect(canUndo({ ...DONE, imported: 0, campaign_id: 'k1' })).toBe(true)
    expect(canUndo({ ...DONE, state: 'running' })).toBe(false)
  })

  it('says before it is taken back who leaves and who stays', () => {
    const none = {
      recipients_leaving: 0,
      recipients_called: 0,
      contacts_leaving: 0,
      contacts_staying: 0,
      at_least: false,
    }
    const said = (outlook: Partial<typeof none>) =>
      undoLines({ ...none, ...outlook }).map(({ word, n }) => `${word} ${n}`)
    expect(said({ contacts_leaving: 6 })).toEqual(['contacts 6'])
    const begun = { recipients_leaving: 2, recipients_called: 3, contacts_leaving: 3, contacts_staying: 3 }
    expect(said(begun)).toEqual(['leaving 2', 'called 3', 'contacts 3', 'staying 3'])
    expect(said({ recipients_called: 1, contacts_staying: 1 })).toContain('leaving 0')
    expect(said({ at_least: true })).toContain('atLeast 10000')
  })

  it('has rejected rows to fetch once it has ended', () => {
    expect(hasRejects({ state: 'done', rejected: 1 })).toBe(true)
    expect(hasRejects({ state: 'failed', rejected: 9 })).toBe(true)
    expect(hasRejects({ state: 'running', rejected: 1 })).toBe(false)
    expect(hasRejects(DONE)).toBe(false)
  })
})
