/** The carrier's account as a form holds it. Secrets are written and never read: an empty one stays as it is. Pure. */
import type { Schemas } from '@/api/client'

export type Carrier = Schemas['Carrier']

export type CarrierDraft = {
  account_sid: string
  auth_token: string
  api_key_sid: string
  api_key_secret: string
  caller_ids: string[]
  twiml_app_sid: string
  public_url: string
}

export const CARRIER_FIELDS = [
  'account_sid',
  'auth_token',
  'api_key_sid',
  'api_key_secret',
  'caller_ids',
  'twiml_app_sid',
  'public_url',
] as const

export function carrierDraft(carrier: Carrier): CarrierDraft {
  return {
    account_sid: carrier.account_sid,
    auth_token: '',
    api_key_sid: carrier.api_key_sid ?? '',
    api_key_secret: '',
    caller_ids: carrier.caller_ids,
    twiml_app_sid: carrier.twiml_app_sid ?? '',
    public_url: carrier.public_url ?? '',
  }
}

/** What is different from the account known. A key that is taken away takes its secret along. */
export function carrierChange(known: Carrier, draft: CarrierDraft): Schemas['CarrierChange'] {
  const was = carrierDraft(known)
  const change: Schemas['CarrierChange'] = known.version > 0 ? { version: known.version } : {}
  const typed = (text: string) => text.trim()
  if (typed(draft.account_sid) !== was.account_sid) change.account_sid = typed(draft.account_sid)
  for (const name of ['api_key_sid', 'twiml_app_sid', 'public_url'] as const) {
    if (typed(draft[name]) !== was[name]) change[name] = typed(draft[name]) || null
  }
  for (const secret of ['auth_token', 'api_key_secret'] as const) {
    if (typed(draft[secret])) change[secret] = typed(draft[secret])
  }
  if (change.api_key_sid === null && known.api_key_secret_set) change.api_key_secret = null
  const numbers = draft.caller_ids.map(plainNumber)
  if (numbers.join() !== was.caller_ids.join()) change.caller_ids = numbers
  return change
}

/** As people copy it from a console: without blanks, brackets and dashes. What is no number stays for the API to say. */
export function plainNumber(text: string): string {
  const plain = text.replaceAll(/[\s().-]/g, '')
  return /^\+?\d+$/.test(plain) ? plain : text.trim()
}

export function isCarrierChanged(change: Schemas['CarrierChange']): boolean {
  return Object.keys(change).some(name => name !== 'version')
}

/** Addresses that the carrier calls, as the guide names them. */
export const WEBHOOKS = {
  initiate: '/api/voice/campaign/initiate',
  status: '/api/voice/campaign/status',
  recording: '/api/voice/campaign/recording',
} as const

export function webhookAddress(base: string, path: string): string {
  return base.replace(/\/+$/, '') + path
}
