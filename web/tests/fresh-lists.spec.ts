/** A list that is fetched again for each run: who came, changed and left is shown; a sheet that is gone fails the run, with the way out. */
import type { Page } from '@playwright/test'
import { ask, signIn } from './support/people'
import { MANAGER } from './support/server'
import { linkOf, SheetHost } from './support/sheets'
import { demo, expect, test } from './support/story'

const SHEET = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-weekly'
const ZONE = 'America/New_York'
/** Shorter than the ten minutes before a run in which its list is fetched. Milliseconds. */
const SOON = 8 * 60_000

const host = new SheetHost()
const url = demo(12, async () => ({ CARILLON_GOOGLE_SHEETS_BASE_URL: await host.start() }))
test.afterAll(() => host.end())

function share(...people: string[]) {
  const rows = ['Name,Phone', ...people].join('\r\n')
  host.share(SHEET, 0, { name: 'Weekly list', rows })
}

/** The local date and time of a zone, as a schedule says it. */
function soon(): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' })
  return parts.format(Date.now() + SOON).replace(' ', 'T')
}

/** A draft whose list came from the sheet, with a daily schedule that fetches it again and begins in a few minutes. */
async function draft(page: Page, name: string): Promise<string> {
  const message = {
    kind: 'tts',
    text: 'Hello {{name|there}}.',
    voice: 'Polly.Joanna-Neural',
    language: 'en-US',
  }
  const schedule = {
    kind: 'recurring',
    at: soon(),
    timezone: ZONE,
    every: { unit: 'day', interval: 1 },
    until: { kind: 'never' },
    contacts: 'refresh_sheet',
  }
  const { id } = await ask<{ id: string }>(page, 'POST', '/api/v1/campaigns', { name, message, schedule })
  const made = await ask<{ id: string }>(page, 'POST', '/api/v1/imports', { google_sheet_url: linkOf(SHEET) })
  const mapping = { phone: 'Phone', name: 'Name' }
  const wish = { mapping, duplicates: 'update', campaign_id: id }
  await ask(page, 'POST', `/api/v1/imports/${made.id}/commit`, wish)
  const state = () => ask<{ state: string }>(page, 'GET', `/api/v1/imports/${made.id}`).then(it => it.state)
  await expect.poll(state).toBe('done')
  return id
}

/** The schedule is set in force by its button, as a person does. */
async function schedule(page: Page, id: string) {
  await page.goto(`${url()}/campaigns/${id}/edit?step=review`)
  await page.getByRole('button', { name: 'Confirm & Schedule' }).click()
  await expect(page).toHaveURL(new RegExp(`/campaigns/${id}$`))
}

test('the list of a run tells who came, who changed and who left', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  share('Ada,(212) 555-0141', 'Grace,(212) 555-0142', 'Alan,(212) 555-0143')
  const id = await draft(page, 'Weekly list')
  share(
    'Ada Lovelace,(212) 555-0141',
    'Alan,(212) 555-0143',
    'Radia,(212) 555-0144',
    'Ken,(212) 555-0145',
    'Nobody,555',
  )
  await schedule(page, id)
  await page.getByRole('tab', { name: 'Runs' }).click()
  const run = page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1)
  await expect(run).toContainText('4 people')
  await run.getByRole('button', { name: '2 came, 1 changed, and 1 left' }).click()

  const changes = page.getByRole('dialog', { name: 'How the list changed' })
  const shown = changes.getByRole('list').getByRole('listitem')
  await expect(shown.filter({ hasText: 'Radia' })).toContainText('+1 212 555 0144')
  await expect(shown).toHaveCount(2)
  await changes.getByText('1 changed', { exact: true }).click()
  await expect(shown).toContainText(['Ada Lovelace'])
  await expect(shown).toContainText(['Before: Ada'])
  await changes.getByText('1 left', { exact: true }).click()
  await expect(shown).toContainText(['Grace'])
  await expect(changes.getByRole('link', { name: 'Download the rejected row' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(changes).toHaveCount(0)
  const people = await ask<{ total: number }>(page, 'GET', `/api/v1/campaigns/${id}/progress`)
  expect(people.total, 'exactly who is in the sheet now').toBe(4)
})

test('a sheet that is gone fails its run, says why and how to go on, and goes on when it is mended', async ({
  page,
}) => {
  await signIn(page, url(), MANAGER)
  share('Ada,(212) 555-0151', 'Grace,(212) 555-0152')
  const id = await draft(page, 'List that goes')
  host.withdraw(SHEET, 0)
  await schedule(page, id)

  await test.step('nobody is called from the older list, and the page says why', async () => {
    await expect(page.getByText('Failed', { exact: true }).first()).toBeVisible()
    const reason = page.getByRole('alert').filter({ hasText: 'is not shared' })
    await expect(reason).toContainText('Anyone with the link')
    await expect(reason).toContainText('then resume')
    await page.getByRole('tab', { name: 'Runs' }).click()
    const failed = page.getByRole('table', { name: 'Runs' }).getByRole('row').filter({ hasText: 'Failed' })
    await expect(failed).toContainText('is not shared')
  })

  await test.step('shared again and resumed, the next run has its list', async () => {
    share('Grace,(212) 555-0152', 'Radia,(212) 555-0153')
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(page.getByText('Scheduled: the next run begins', { exact: false })).toBeVisible()
    await expect(page.getByRole('button', { name: '1 came and 1 left' })).toBeVisible()
  })
})
