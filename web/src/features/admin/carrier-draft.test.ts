import { describe, expect, it } from 'vitest'
import {
  type Carrier,
  carrierChange,
  carrierDraft,
  isCarrierChanged,
  plainNumber,
  webhookAddress,
} from './carrier-draft'

const KNOWN: Carrier = {
  version: 3,
  account_sid: 'AC1',
  auth_token_set: true,
  api_key_sid: 'SK1',
  api_key_secret_set: true,
  caller_ids: ['+12025550100'],
  twiml_app_sid: null,
  public_url: null,
}
const NOTHING: Carrier = {
  ...KNOWN,
  version: 0,
  account_sid: '',
  auth_token_set: false,
  api_key_sid: null,
  api_key_secret_set: false,
  caller_ids: [],
}

describe('carrierChange', () => {
  it('leaves secrets that were not typed as they are', () => {
    const change = carrierChange(KNOWN, carrierDraft(KNOWN))
    expect(change).toEqual({ version: 3 })
    expect(isCarrierChanged(change)).toBe(false)
  })

  it('tells a secret that was typed, without the blanks around it', () => {
    expect(carrierChange(KNOWN, { ...carrierDraft(KNOWN), auth_token: ' abc ' })).toEqual({
      version: 3,
      auth_token: 'abc',
    })
  })

  it('takes the secret of a key away with the key', () => {
    expect(carrierChange(KNOWN, { ...carrierDraft(KNOWN), api_key_sid: ' ' })).toEqual({
      version: 3,
      api_key_sid: null,
      api_key_secret: null,
    })
  })

  it('names no version the first time', () => {
    const draft = { ...carrierDraft(NOTHING), account_sid: 'AC2', caller_ids: ['+1 (202) 555-0101'] }
    expect(carrierChange(NOTHING, draft)).toEqual({ account_sid: 'AC2', caller_ids: ['+12025550101'] })
  })
})

describe('plainNumber', () => {
  it.each([
    ['+1 202 555 0100', '+12025550100'],
    ['(202) 555-0100', '2025550100'],
    ['call me', 'call me'],
  ])('reads %s as %s', (text, expected) => {
    expect(plainNumber(text)).toBe(expected)
  })
})

describe('webhookAddress', () => {
  it('joins with one slash', () => {
    expect(webhookAddress('https://calls.example.com/', '/api/voice')).toBe(
      'https://calls.example.com/api/voice',
    )
  })
})
