import { describe, expect, it } from 'vitest'
import { canUndo, hasRejects, isRunning } from './imports'

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

  it('has rejected rows to fetch once it has ended', () => {
    expect(hasRejects({ state: 'done', rejected: 1 })).toBe(true)
    expect(hasRejects({ state: 'failed', rejected: 9 })).toBe(true)
    expect(hasRejects({ state: 'running', rejected: 1 })).toBe(false)
    expect(hasRejects(DONE)).toBe(false)
  })
})
