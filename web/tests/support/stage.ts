/** A stage for pictures: an organization in full use, with every kind of thing in every state that it can have. */
import { type Browser, expect, type Page } from '@playwright/test'
import { ask, signIn } from './people'
import { ADMINISTRATOR, PASSWORD } from './server'

type Made = { id: string }
type Listed = { items: { id: string; name?: string; status?: string }[] }

export const STRANGER = 'sam@example.com'
export const AGENT = 'ann@example.com'

export type Stage = {
  active: string
  paused: string
  completed: string
  draft: string
  /** With a message, people and all else that a launch needs. */
  ready: string
  contact: string
  recipient: string
  list: string
}

const MESSAGE = {
  kind: 'tts',
  text: 'Hello {{first_name|there}}, this is {{organization_name}}. Your appointment is tomorrow at {{time}}. Press 9 if you want no more calls.',
  voice: 'Polly.Joanna-Neural',
  language: 'en-US',
  rate_percent: 100,
  pitch_percent: 0,
}
const LONG_NAME =
  'Reminder of the yearly inspection of heating systems for all customers of the northern region with a service contract'
const SLOW = { limits: { max_concurrent_calls: null, calls_per_second: 0.5 } }
const RULES = {
  message: MESSAGE,
  opt_out: { enabled: true, digit: '9' },
  recipient_hours: { enabled: false, start: '08:00', end: '21:00' },
}
const LIST = [
  'Phone;First name;Last name;Company;Plan',
  '(212) 555-0171;Ada;Lovelace;Analytical Engines;gold',
  '(212) 555-0172;Grace;Hopper;Compilers;silver',
  '(212) 555-0172;Grace;Twice;Compilers;silver',
  '2,12556E+09;Alan;Exponent;Machines;gold',
  '555;Nobody;Here;;none',
  ';Missing;Number;;none',
].join('\n')

/** A second of a quiet tone, as a file of 8,000 samples. */
function tone(): Buffer {
  const [rate, head] = [8_000, 44]
  const file = Buffer.alloc(head + rate * 2)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(rate * 2, 40)
  for (let i = 0; i < rate; i++) file.writeInt16LE(Math.round(6_000 * Math.sin(i / 3)), head + i * 2)
  return file
}

/** Sends a file as the pages do: in a form, from the open page. */
async function send<T>(page: Page, path: string, name: string, type: string, file: Buffer): Promise<T> {
  const text = await page.evaluate(
    async ([path, name, type, bytes]) => {
      const form = new FormData()
      form.append('file', new File([Uint8Array.from(atob(bytes), it => it.charCodeAt(0))], name, { type }))
      return (await fetch(path, { method: 'POST', body: form })).text()
    },
    [path, name, type, file.toString('base64')] as const,
  )
  return JSON.parse(text) as T
}

async function campaign(page: Page, name: string, people: number, changes: object = {}): Promise<string> {
  const { id } = await ask<Made>(page, 'POST', '/api/v1/campaigns', { name, ...RULES, ...changes })
  if (people === 0) return id
  const contacts = await ask<Listed>(page, 'GET', `/api/v1/contacts?limit=${people}`)
  const contact_ids = contacts.items.map(it => it.id)
  await ask(page, 'POST', `/api/v1/campaigns/${id}/recipients`, { contact_ids })
  return id
}

/** One import with rejected rows, one that was undone, one only uploaded. */
async function imports(page: Page): Promise<string> {
  const bring = async (name: string) => {
    type Uploaded = Made & { suggested_mapping: object }
    const file = Buffer.from(LIST)
    const made = await send<Uploaded>(page, '/api/v1/imports', name, 'text/csv', file)
    return made
  }
  const done = async (name: string) => {
    const { id, suggested_mapping: mapping } = await bring(name)
    await ask(page, 'POST', `/api/v1/imports/${id}/commit`, {
      mapping,
      duplicates: 'update',
      mode: 'lenient',
    })
    const state = () => ask<{ state: string }>(page, 'GET', `/api/v1/imports/${id}`).then(it => it.state)
    await expect.poll(state).toBe('done')
    return id
  }
  await bring('customers-not-begun.csv')
  await ask(page, 'POST', `/api/v1/imports/${await done('customers-of-november.csv')}/undo`)
  return done('customers-of-december.csv')
}

async function people(page: Page) {
  const { id } = await ask<Made>(page, 'POST', '/api/v1/departments', { name: 'Sales and customer service' })
  const user = { department_ids: [id], password: PASSWORD }
  await ask(page, 'POST', '/api/v1/users', { ...user, email: STRANGER, name: 'Sam Sales', role: 'manager' })
  await ask(page, 'POST', '/api/v1/users', { ...user, email: AGENT, name: 'Ann Agent', role: 'agent' })
  await ask(page, 'POST', '/api/v1/tokens', { name: 'Nightly import' })
  const old = await ask<Made>(page, 'POST', '/api/v1/tokens', { name: 'Old dashboard' })
  await ask(page, 'DELETE', `/api/v1/tokens/${old.id}`)
  for (const n of [1, 2, 3])
    await ask(page, 'POST', '/api/v1/do-not-call', { phone: `+1202555018${n}`, reason: 'Asked by letter' })
  const more = { company: 'Analytical Engines', email: 'mary@example.com', tags: ['vip', 'north'] }
  const custom = { time: '10:30', plan: 'gold' }
  const name = { first_name: 'Mary', last_name: 'Somerville', notes: 'Prefers calls after lunch.' }
  return ask<Made>(page, 'POST', '/api/v1/contacts', { phone: '+12025550187', ...name, ...more, custom })
}

/** Sets the stage in a demo, by the API; what is seen on it is the pages' part. */
export async function setStage(browser: Browser, url: string): Promise<Stage> {
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  await signIn(page, url, ADMINISTRATOR)
  const start = (id: string) => ask(page, 'POST', `/api/v1/campaigns/${id}/start`)
  const completed = await campaign(page, 'Thank you, November', 20, { retry: { max_attempts: 1 } })
  await start(completed)
  const contact = await people(page)
  const active = await campaign(page, 'Q4 customer survey', 100, SLOW)
  const paused = await campaign(page, LONG_NAME, 60, SLOW)
  await start(active)
  await start(paused)
  await send(page, '/api/v1/audio', 'greeting-december.wav', 'audio/wav', tone())
  const list = await imports(page)
  const draft = await campaign(page, 'A draft to look at', 0, { message: null })
  const ready = await campaign(page, 'Appointments of December', 80)
  const called = () => ask<{ called: number }>(page, 'GET', `/api/v1/campaigns/${paused}/progress`)
  await expect.poll(() => called().then(it => it.called), { timeout: 60_000 }).toBeGreaterThan(3)
  await ask(page, 'POST', `/api/v1/campaigns/${paused}/pause`)
  const recipients = await ask<Listed>(page, 'GET', `/api/v1/campaigns/${completed}/recipients?limit=1`)
  await context.close()
  const recipient = recipients.items[0]?.id ?? ''
  return { active, paused, completed, draft, ready, contact: contact.id, recipient, list }
}
