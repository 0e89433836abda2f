/** What was typed is never lost, and what was refused is not sent again and again. */
import { describe, expect, it } from 'vitest'
import {
  type Campaign,
  changed,
  isUnsent,
  NOTHING_TYPED,
  onWire,
  refused,
  shown,
  taken,
  unsent,
} from './draft'

const SPOKEN = { kind: 'tts', text: 'Hello', voice: 'Polly.Joanna-Neural' }
const BLANK = { kind: 'tts', text: '  ', voice: 'Polly.Matthew' }

describe('a draft', () => {
  it('shows what was typed over what the server has', () => {
    const campaign = { name: 'Old', description: 'Same' } as Campaign
    expect(shown(campaign, changed(NOTHING_TYPED, { name: 'New' }))).toMatchObject({
      name: 'New',
      description: 'Same',
    })
  })

  it('sends what was typed, once', () => {
    const typed = changed(NOTHING_TYPED, { name: 'New', ring_timeout_s: 20 })
    expect(unsent(typed)).toEqual({ name: 'New', ring_timeout_s: 20 })
    expect(isUnsent(taken(typed, unsent(typed)))).toBe(false)
  })

  it('keeps what was typed while it was sent', () => {
    const sent = changed(NOTHING_TYPED, { name: 'New', ring_timeout_s: 20 })
    const meanwhile = changed(sent, { name: 'Newer' })
    expect(unsent(taken(meanwhile, unsent(sent)))).toEqual({ name: 'Newer' })
  })

  it('holds the member that was refused and sends the others', () => {
    const typed = changed(NOTHING_TYPED, { name: '', ring_timeout_s: 20 })
    const after = refused(typed, unsent(typed), [{ field: 'name', message: 'must not be empty' }])
    expect(unsent(after)).toEqual({ ring_timeout_s: 20 })
    expect(after.problems).toHaveLength(1)
    expect(after.typed.name).toBe('')
  })

  it('finds the member of a nested field', () => {
    const retry = { max_attempts: 9, delays_s: [], on: [] }
    const typed = changed(NOTHING_TYPED, { retry, caller_ids: ['+1'] })
    const problems = [
      { field: 'retry.max_attempts', message: 'must be between 1 and 5' },
      { field: 'caller_ids[0]', message: 'is not one of the carrier’s numbers' },
    ]
    expect(isUnsent(refused(typed, unsent(typed), problems))).toBe(false)
  })

  it('holds everything when the refusal names nothing that was sent', () => {
    const typed = changed(NOTHING_TYPED, { name: 'New' })
    expect(isUnsent(refused(typed, unsent(typed), []))).toBe(false)
  })

  it('sends a refused member again when it is changed, and forgets the reason', () => {
    const typed = changed(NOTHING_TYPED, { name: '' })
    const after = refused(typed, unsent(typed), [{ field: 'name', message: 'must not be empty' }])
    const mended = changed(after, { name: 'Survey' })
    expect(unsent(mended)).toEqual({ name: 'Survey' })
    expect(mended.problems).toEqual([])
  })

  it('says that a blank text is no message, and keeps its voice here', () => {
    const typed = changed(NOTHING_TYPED, { message: BLANK })
    expect(onWire(unsent(typed))).toEqual({ message: null })
    const after = taken(typed, unsent(typed))
    expect(after.typed.message).toBe(BLANK)
    expect(isUnsent(after)).toBe(false)
    expect(onWire(unsent(changed(after, { message: SPOKEN })))).toEqual({ message: SPOKEN })
  })
})
