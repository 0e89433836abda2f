/** Pictures of lists and time: the contact book's tools, lists that come in, when people answer, and runs with a fresh list. */
import { type Browser, expect, type Page } from '@playwright/test'
import { fillHours } from './support/best-hours'
import { csv, upload } from './support/lists'
import { inEachLook, type Take } from './support/looks'
import { ask, signIn } from './support/people'
import { look } from './support/places'
import { ADMINISTRATOR } from './support/server'
import { linkOf, SheetHost } from './support/sheets'
import { demo, test } from './support/story'
import { workbookOf } from './support/workbooks'

type Made = { id: string }

const SHEET = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-pictures'
const DAY = 86_400_000
/** A list is fetched ten minutes before its run: this one at once. Milliseconds. */
const SOON = 8 * 60_000
const ZONE = 'America/New_York'

const host = new SheetHost()
const url = demo(60, async () => ({ CARILLON_GOOGLE_SHEETS_BASE_URL: await host.start() }))
test.afterAll(() => host.end())

const FIELDS = [
  { key: 'points', label: 'Loyalty points', kind: 'integer', is_required: true },
  { key: 'member_since', label: 'Member since', kind: 'date' },
  { key: 'plan', label: 'Plan', kind: 'choice', choices: ['gold', 'silver'] },
  { key: 'directions', label: 'Directions to the door', kind: 'long_text' },
]
const BOOK = workbookOf({
  December: [
    ['Phone', 'First name', 'Loyalty points', 'Member since', 'Seat'],
    ['(212) 555-0161', 'Ada', 1200, '11/22/2020', 'A1'],
    ['(212) 555-0162', 'Grace', 'many', '3/4/2021', 'A2'],
  ],
  'January & on': [['Phone'], ['(212) 555-0163']],
})
const DAMAGED = [
  'Name,Phone,Zip',
  ...Array.from({ length: 10 }, (_, n) => `Sound ${n},+1202555010${n},20001`),
  'Ann,12025550143,2134',
  'Bob,1.2025550144E+10,',
  'Cid,1.20256E+10,',
  'Dan,447911123456,',
  'Fay,"202-555-0146; 202-555-0147",',
].join('\n')

function share(...people: string[]) {
  host.share(SHEET, 0, { name: 'Weekly list', rows: ['Name,Phone', ...people].join('\r\n') })
}

/** A campaign whose list came from the sheet; scheduled, and its first run's list has just been fetched. */
async function fresh(page: Page, name: string, between: () => void): Promise<string> {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' })
  const { id } = await ask<Made>(page, 'POST', '/api/v1/campaigns', {
    name,
    message: { kind: 'tts', text: 'Hello {{name|there}}.', voice: 'Polly.Joanna-Neural', language: 'en-US' },
    useless_after: new Date(Date.now() + 90 * DAY).toISOString(),
    schedule: {
      kind: 'recurring',
      at: local.format(Date.now() + SOON).replace(' ', 'T'),
      timezone: ZONE,
      every: { unit: 'day', interval: 1 },
      until: { kind: 'occurrences', count: 12 },
      contacts: 'refresh_sheet',
    },
  })
  share('Ada,(212) 555-0141', 'Grace,(212) 555-0142', 'Alan,(212) 555-0143')
  const made = await ask<Made>(page, 'POST', '/api/v1/imports', { google_sheet_url: linkOf(SHEET) })
  const mapping = { phone: 'Phone', name: 'Name' }
  const path = `/api/v1/imports/${made.id}`
  await ask(page, 'POST', `${path}/commit`, { mapping, duplicates: 'update', campaign_id: id })
  await expect.poll(() => ask<{ state: string }>(page, 'GET', path).then(it => it.state)).toBe('done')
  between()
  await ask(page, 'POST', `/api/v1/campaigns/${id}/schedule`)
  return id
}

let listed = ''
let failed = ''

async function setStage(browser: Browser) {
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  await signIn(page, url(), ADMINISTRATOR)
  const add = (person: object) => ask(page, 'POST', '/api/v1/contacts', person)
  await add({ phone: '+12125550174', name: 'Ada King', email: 'ada@example.com', tags: ['vip', 'renewal'] })
  const company = 'Analytical Engines of the Northern Region'
  await add({ phone: '+12125550175', name: 'Ada Lovelace', email: 'Ada@example.com', company })
  await add({ phone: '+12125550176', name: 'Lovelace, Ada', tags: ['renewal'] })
  for (const field of FIELDS) await ask(page, 'POST', '/api/v1/custom-fields', field)
  const filter = { tag: 'renewal', never_called: true }
  await ask(page, 'POST', '/api/v1/contact-filters', { name: 'Renewals', is_shared: true, filter })
  listed = await fresh(page, 'Weekly Customer Check-In', () =>
    share('Ada Lovelace,(212) 555-0141', 'Alan,(212) 555-0143', 'Radia,(212) 555-0144', 'Nobody,555'),
  )
  failed = await fresh(page, 'Renewals of the week', () => host.withdraw(SHEET, 0))
  const status = () =>
    ask<{ status: string }>(page, 'GET', `/api/v1/campaigns/${failed}`).then(it => it.status)
  await expect.poll(status).toBe('failed')
  await context.close()
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  await setStage(browser)
})

async function ofContacts(page: Page, take: Take) {
  await look(page, `${url()}/contacts?tag=renewal&never_called=true&custom.plan=gold`)
  await take('contacts-filtered')
  await look(page, `${url()}/contacts?tag=renewal`)
  await page
    .getByRole('button', { name: /^Filters|^Filter/ })
    .first()
    .click()
  await page.getByRole('combobox').first().waitFor()
  await take('contacts-filters', 'inSight')
  await page.keyboard.press('Escape')
  const row = page.getByRole('row').nth(1)
  await row.focus()
  await page.keyboard.press('Space')
  await take('contacts-bulk-bar', 'inSight')
  await look(page, `${url()}/contacts/duplicates?by=email`)
  await take('contacts-duplicates')
  await page.getByRole('row').filter({ hasText: 'Ada' }).first().click()
  await page.getByRole('dialog').waitFor()
  await take('contacts-merge', 'inSight')
  await look(page, `${url()}/admin/custom-fields`)
  await take('custom-fields')
  await look(page, `${url()}/best-hours`)
  await take('best-hours')
}

async function ofImports(page: Page, take: Take) {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await look(page, `${url()}/imports?list=new`)
  await upload(page, { name: 'members.xlsx', mimeType: type, buffer: BOOK })
  await page.getByRole('table').first().waitFor()
  await take('import-workbook')
  await look(page, `${url()}/imports?list=new`)
  await upload(page, csv('damaged.csv', DAMAGED))
  await page.getByRole('button', { name: /^(Validate|Prüfen)$/ }).click()
  await page.locator('main [aria-live=polite]').waitFor()
  await page.locator('summary').last().click()
  await take('import-repairs')
}

async function ofCampaigns(page: Page, take: Take) {
  const draft = await ask<Made>(page, 'POST', '/api/v1/campaigns', { name: 'A draft to look at' })
  await look(page, `${url()}/campaigns/${draft.id}/edit?step=contacts&from=book&tag=renewal`)
  await page.getByRole('table').first().waitFor()
  await take('create-add-from-contacts')
  await look(page, `${url()}/campaigns/${listed}/edit?step=schedule`)
  await take('create-schedule-fresh')
  await look(page, `${url()}/campaigns/${listed}?tab=runs`)
  await take('runs')
  await page.locator('main [aria-haspopup=dialog]').last().click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  await take('runs-list-changes', 'inSight')
  await look(page, `${url()}/campaigns/${failed}?tab=runs`)
  await take('runs-failed')
}

inEachLook(async (page, take) => {
  await signIn(page, url(), ADMINISTRATOR)
  await fillHours(page)
  await ofContacts(page, take)
  await ofImports(page, take)
  await ofCampaigns(page, take)
})
