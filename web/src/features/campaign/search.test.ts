/** The address of a campaign's page is read with care and written without noise. */
import { describe, expect, it } from 'vitest'
import { parseSearch, toAddress } from './search'

describe('parseSearch', () => {
  it('begins with the recipients', () => {
    expect(parseSearch({}).tab).toBe('recipients')
    expect(parseSearch({ tab: 'secrets' }).tab).toBe('recipients')
  })

  it('keeps what it knows and drops the rest', () => {
    expect(parseSearch({ tab: 'attempts', state: 'lost', outcome: 'busy', q: '', extra: 1 })).toEqual({
      tab: 'attempts',
      state: undefined,
      outcome: 'busy',
      q: undefined,
      run: undefined,
      recipient: undefined,
    })
  })

  it('takes a number that somebody searches for as text', () => {
    expect(parseSearch({ q: 202555 }).q).toBe('202555')
  })
})

describe('toAddress', () => {
  it('leaves out the first tab and what is not set', () => {
    expect(toAddress({ tab: 'recipients', q: '', state: 'failed' })).toEqual({ state: 'failed' })
    expect(toAddress({ tab: 'log' })).toEqual({ tab: 'log' })
  })
})
