/** The guide's examples, in its own words: a campaign whose list is a Google Sheet, and one that fetches its sheet for each of twelve Mondays. */
import type { Page } from '@playwright/test'
import { ask, signIn } from './support/people'
import { ADMINISTRATOR, MANAGER } from './support/server'
import { linkOf, SheetHost } from './support/sheets'
import { demo, expect, test } from './support/story'

const SHEET = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-survey'
const CUSTOMERS = [
  'Name,Phone,Plan',
  'Ada Lovelace,(212) 555-0131,gold',
  'Grace Hopper,(212) 555-0132,silver',
  'Alan Turing,(212) 555-0133,gold',
].join('\r\n')
const MESSAGE =
  'Hello {{name|there}}, this is {{organization_name}} with three questions about your {{plan|own}} plan.'
/** Calls run twenty times faster than life in the demo. */
const CALLED_WITHIN = 45_000

const host = new SheetHost()
host.share(SHEET, 0, { name: 'Customers', rows: CUSTOMERS })
const url = demo(12, async () => ({ CARILLON_GOOGLE_SHEETS_BASE_URL: await host.start() }))
test.afterAll(() => host.end())

/** Steps 1 and 2 of the guide: details, then "Import from Google Sheets": paste the URL, map, validate and import. */
async function draftFromSheet(page: Page, name: string, description: string): Promise<string> {
  await page.getByRole('link', { name: 'Create Campaign' }).first().click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Description').fill(description)
  await page.getByRole('button', { name: 'Create draft and continue' }).click()
  await page.getByRole('button', { name: 'Import from Google Sheets' }).click()
  await page.getByLabel('Google Sheets URL').fill(linkOf(SHEET))
  await page.getByRole('button', { name: 'Fetch sheet' }).click()
  await expect(page.getByRole('combobox', { name: 'Field for the column Phone' })).toHaveValue('Phone')
  await page.getByRole('button', { name: 'Validate' }).click()
  await page.getByRole('button', { name: 'Import contacts' }).click()
  await expect(page.getByText('Customers.csv is imported')).toBeVisible()
  return /campaigns\/([^/]+)\/edit/.exec(page.url())?.[1] ?? ''
}

/** Step 3: text-to-speech, then "Play & Hangup". */
async function message(page: Page) {
  await page.getByRole('link', { name: 'Call settings' }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill(MESSAGE)
  await expect(page.getByText('Hello Ada Lovelace, this is Demo', { exact: false })).toBeVisible()
  await expect(page.getByText('Play & Hangup')).toBeVisible()
}

test('the customers of a Google Sheet are called, and the page of runs tells how it went', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await signIn(page, url(), ADMINISTRATOR)
  const id = await draftFromSheet(page, 'Q4 Customer Satisfaction Survey', 'Purpose and goals')
  await message(page)

  await test.step('three attempts: immediate, after one hour, after four, if no answer or busy', async () => {
    await page.getByRole('link', { name: 'Retry' }).click()
    await page.getByRole('radiogroup', { name: 'Max Attempts' }).getByText('3', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Before attempt 2' }).fill('1')
    await page.getByRole('textbox', { name: 'Before attempt 3' }).fill('4')
    await page.getByRole('checkbox', { name: 'Failed (network errors)' }).uncheck()
    await expect(page.getByRole('checkbox', { name: 'No Answer' })).toBeChecked()
    await expect(page.getByRole('checkbox', { name: 'Busy' })).toBeChecked()
  })

  await test.step('it starts now; only an administrator may call at any hour', async () => {
    await page.getByRole('link', { name: 'Schedule' }).click()
    await expect(page.getByRole('radio', { name: 'Start Now' })).toBeChecked()
    await page.getByRole('switch', { name: 'Call only in these hours' }).uncheck({ force: true })
  })

  await test.step('it is reviewed and launched', async () => {
    await page.getByRole('link', { name: 'Review & launch' }).click()
    await expect(page.getByText('calls 3 people', { exact: false }).first()).toBeVisible()
    await page.getByRole('button', { name: 'Confirm & Launch' }).click()
    await expect(page).toHaveURL(new RegExp(`/campaigns/${id}$`))
  })

  await test.step('everybody in the sheet is called, in the one run that it has', async () => {
    const called = () =>
      ask<{ called: number }>(page, 'GET', `/api/v1/campaigns/${id}/progress`).then(it => it.called)
    await expect.poll(called, { timeout: CALLED_WITHIN }).toBe(3)
    await page.getByRole('tab', { name: 'Runs' }).click()
    const run = page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1)
    await expect(run).toContainText('Started by hand')
    await expect(run).toContainText(/\d of 3 completed/)
    await run.getByRole('button', { name: 'Show its recipients' }).click()
    const people = page.getByRole('table', { name: 'Recipients' })
    for (const name of ['Ada Lovelace', 'Grace Hopper', 'Alan Turing'])
      await expect(people).toContainText(name)
  })
})

test('Weekly Customer Check-In: every Monday at nine in New York, fresh from the sheet, after twelve it ends', async ({
  page,
}) => {
  await signIn(page, url(), MANAGER)
  const id = await draftFromSheet(page, 'Weekly Customer Check-In', 'How are our customers?')
  await message(page)

  await test.step('the pattern, the zone, the fresh list and the end are the guide’s', async () => {
    await page.getByRole('link', { name: 'Schedule' }).click()
    await page.getByRole('radio', { name: 'Recurring' }).check()
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']) {
      await page.getByRole('checkbox', { name: day, exact: true }).setChecked(day === 'Mon')
    }
    await page.getByLabel('Time', { exact: true }).fill('09:00')
    await page.getByRole('combobox', { name: 'Time zone' }).first().fill('America/New_York')
    await page.getByRole('option', { name: 'America/New_York' }).click()
    await page.getByRole('radio', { name: 'Import fresh from Google Sheet each run' }).check()
    await expect(page.getByRole('link', { name: 'Open the sheet' })).toHaveAttribute('href', linkOf(SHEET))
    await page.getByRole('radio', { name: 'Max Occurrences' }).check()
    await page.getByLabel('Runs', { exact: true }).fill('12')
    await expect(page.getByRole('region', { name: 'The next 10 runs' })).toContainText(
      'Every Monday at 09:00 (New York), 12 times',
    )
  })

  await test.step('it is confirmed, waits for its Monday, and its first run for the sheet', async () => {
    await page.getByRole('link', { name: 'Review & launch' }).click()
    await page.getByRole('button', { name: 'Confirm & Schedule' }).click()
    await expect(page).toHaveURL(new RegExp(`/campaigns/${id}$`))
    await expect(page.getByText('Every Monday at 09:00 (New York), 12 times', { exact: false })).toBeVisible()
    await page.getByRole('tab', { name: 'Runs' }).click()
    const run = page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1)
    await expect(run).toContainText('Not begun yet')
    await expect(run).toContainText('Prepared')
  })
  const campaign = await ask<{ status: string; schedule: object }>(page, 'GET', `/api/v1/campaigns/${id}`)
  expect(campaign.status).toBe('scheduled')
  expect(campaign.schedule).toMatchObject({
    kind: 'recurring',
    timezone: 'America/New_York',
    every: { unit: 'week', days: ['mon'] },
    until: { kind: 'occurrences', count: 12 },
    contacts: 'refresh_sheet',
  })
})
