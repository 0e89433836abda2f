/** What the list says of a campaign's speed, by what is known of it. */
import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { paceOf } from './pace'

const AT = '2026-11-22T14:20:00Z'

/** Only what the function looks at. */
function seen(status: Schemas['CampaignStatus'], figures: Partial<Schemas['Progress']>) {
  const none = { calls_per_minute: 0, dialing: 0, remaining: 0, retrying: 0, success_rate: null }
  return { status, progress: { ...none, ...figures } as Schemas['Progress'] }
}

describe('paceOf', () => {
  it('says calls a minute and the end of a campaign that dials', () => {
    const lines = paceOf(seen('active', { calls_per_minute: 62, dialing: 38, estimated_end: AT }))
    expect(lines).toEqual([
      { word: 'perMinute', n: 62 },
      { word: 'ends', at: AT },
    ])
  })

  it('says who talks or waits when no call was started lately', () => {
    expect(paceOf(seen('active', { dialing: 2 }))).toEqual([{ word: 'talking', n: 2 }])
    expect(paceOf(seen('active', { remaining: 5, retrying: 3 }))).toEqual([{ word: 'waiting', n: 8 }])
    expect(paceOf(seen('active', { retrying: 3 }))).toEqual([{ word: 'retrying', n: 3 }])
  })

  it('says the success rate at the end, and nothing of what does not run', () => {
    expect(paceOf(seen('completed', { success_rate: 68.3 }))).toEqual([{ word: 'success', rate: 68.3 }])
    expect(paceOf(seen('completed', {}))).toEqual([])
    expect(paceOf(seen('paused', { remaining: 5 }))).toEqual([])
    expect(paceOf({ status: 'active', progress: undefined })).toEqual([])
  })
})
