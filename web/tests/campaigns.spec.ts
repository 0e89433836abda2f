/** The guide's stories of a campaign: created from a list and launched, paused, resumed, stopped, edited, exported. */
import type { Page } from '@playwright/test'
import { ask, signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

/** Calls run twenty times faster than life in the demo, retries after a second. */
const CAMPAIGN_ENDS_WITHIN = 45_000

type Campaign = { id: string; version: number; status: string }
type Progress = Record<string, number>

const LIST = [
  'Phone;First name;Last name;Plan',
  '(212) 555-0111;Ada;Lovelace;gold',
  '(212) 555-0112;Grace;Hopper;silver',
  '(212) 555-0112;Grace;Twice;silver',
  '555;Nobody;Here;none',
  '(212) 555-0113;Alan;Turing;gold',
].join('\n')

const MESSAGE =
  'Hello {{first_name|there}}, this is {{organization_name}}: your {{plan|own}} plan begins tomorrow.'

/** A draft with so many of the demo's contacts, by the API: what the story is about comes after it. */
async function draft(page: Page, name: string, changes: Record<string, unknown> = {}): Promise<Campaign> {
  const contacts = await ask<{ items: { id: string }[] }>(page, 'GET', '/api/v1/contacts?limit=10')
  const message = {
    kind: 'tts',
    text: MESSAGE,
    voice: 'Polly.Joanna-Neural',
    language: 'en-US',
    rate_percent: 100,
    pitch_percent: 0,
  }
  const campaign = await ask<Campaign>(page, 'POST', '/api/v1/campaigns', { name, message, ...changes })
  await ask(page, 'POST', `/api/v1/campaigns/${campaign.id}/recipients`, {
    contact_ids: contacts.items.map(it => it.id),
  })
  return campaign
}

/** Slow enough to be met under way: a call every ten seconds, so that ten people take longer than the story. */
const SLOW = { limits: { max_concurrent_calls: null, calls_per_second: 0.1 } }

test('a manager creates a campaign from a CSV file and launches it', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  await page.getByRole('link', { name: 'Create Campaign' }).click()
  await page.getByLabel('Name').fill('Plans of December')
  await page.getByRole('button', { name: 'Create draft and continue' }).click()
  await expect(page).toHaveURL(/\/edit\?step=contacts/)

  await test.step('columns are recognized, faults are told by row, the rest joins the campaign', async () => {
    await page.getByText('Upload CSV', { exact: true }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'plans.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
    await expect(page.getByText('Columns of the list')).toBeVisible()
    await page.getByRole('button', { name: 'Validate' }).click()
    await expect(page.getByText('What the list holds')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Problems of the list' })).toContainText('555')
    await page.getByRole('button', { name: 'Import contacts' }).click()
    await expect(page.getByText('plans.csv is imported')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Download the rejected rows with reasons' })).toBeVisible()
    await expect(page.getByText('3 people', { exact: false }).first()).toBeVisible()
  })

  await test.step('the message is shown as three recipients hear it', async () => {
    await page.getByRole('link', { name: 'Call settings' }).click()
    await page.getByRole('textbox', { name: 'Text' }).fill(MESSAGE)
    await expect(page.getByText('Hello Ada, this is Demo: your gold plan begins tomorrow.')).toBeVisible()
  })

  await test.step('a field that some have no value for is given a default with one click', async () => {
    const text = page.getByRole('textbox', { name: 'Text' })
    await text.fill('Hello {{first_name}}, your {{animal}} is well.')
    await expect(page.getByText('Of 3 recipients 3 have no value for “animal”.')).toBeVisible()
    await page.getByRole('button', { name: 'Write a default for animal' }).click()
    await page.keyboard.type('pet')
    await expect(text).toHaveValue('Hello {{first_name}}, your {{animal|pet}} is well.')
    await expect(page.getByText('have no value for')).toHaveCount(0)
    await text.fill(MESSAGE)
    await expect(page.getByText('calls come from +1 202 555 0100', { exact: false })).toBeVisible()
  })

  await test.step('what will happen is said before the launch', async () => {
    await page.getByRole('link', { name: 'Schedule' }).click()
    await expect(page.getByText('Start Now')).toBeVisible()
    await page.getByRole('link', { name: 'Review & launch' }).click()
    await expect(page.getByText('calls 3 people', { exact: false }).first()).toBeVisible()
    await expect(page.getByText('The first call may be placed', { exact: false })).toBeVisible()
  })
  const id = /campaigns\/([^/]+)\/edit/.exec(page.url())?.[1]
  await page.getByRole('button', { name: 'Confirm & Launch' }).click()
  await expect(page).toHaveURL(new RegExp(`/campaigns/${id}$`))
  const progress = await ask<Progress>(page, 'GET', `/api/v1/campaigns/${id}/progress`)
  expect(progress.total).toBe(3)
})

test('nothing is launched while something is missing, and each cause leads to its place', async ({
  page,
}) => {
  await signIn(page, `${url()}/campaigns/new`, MANAGER)
  await page.getByLabel('Name').fill('Not ready')
  await page.getByRole('button', { name: 'Create draft and continue' }).click()
  await page.getByRole('link', { name: 'Review & launch' }).click()
  await expect(page.getByText('2 things are missing before the launch')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Confirm & Launch' })).toBeDisabled()
  await page.getByRole('link', { name: 'Add the people to call.' }).click()
  await expect(page).toHaveURL(/step=contacts/)
})

test('a campaign is paused, resumed, edited while active, and stopped for good', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  const { id } = await draft(page, 'Slow survey', SLOW)
  await ask(page, 'POST', `/api/v1/campaigns/${id}/start`)
  await page.goto(`${url()}/campaigns/${id}`)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Paused: no calls are placed.')).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()

  await test.step('name and limits may be edited while it is active, contacts and call settings not', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Edit name and limits' }).click()
    const form = page.getByRole('dialog', { name: 'Edit campaign' })
    await expect(form).toContainText('Contacts and call settings stay as they are')
    await form.getByLabel('Name').fill('Slower survey')
    await form.getByLabel('Calls at once').fill('3')
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Slower survey' })).toBeVisible()
    const now = await ask<{ limits: { max_concurrent_calls: number } }>(
      page,
      'GET',
      `/api/v1/campaigns/${id}`,
    )
    expect(now.limits.max_concurrent_calls).toBe(3)
  })

  await test.step('stopping names its consequence, and only its own button does it', async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    const question = page.getByRole('dialog', { name: 'Stop' })
    await expect(question).toContainText('will not be called')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(question).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await question.getByRole('button', { name: 'Stop campaign' }).click()
    await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0)
  })
  const { total, suppressed, called } = await ask<Progress>(page, 'GET', `/api/v1/campaigns/${id}/progress`)
  expect(suppressed).toBeGreaterThan(0)
  expect((called ?? 0) + (suppressed ?? 0)).toBeGreaterThanOrEqual(total ?? 0)
})

test('retries run to the last, and the results are exported', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  const hours = { enabled: false, start: '08:00', end: '21:00' }
  const retry = { max_attempts: 3, delays_s: [1], on: ['no_answer', 'busy', 'failed'] }
  const { id } = await draft(page, 'To the last', { retry, recipient_hours: hours }).catch(() =>
    draft(page, 'To the last', { retry }),
  )
  await page.goto(`${url()}/campaigns/${id}`)
  await ask(page, 'POST', `/api/v1/campaigns/${id}/start`)
  await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible({
    timeout: CAMPAIGN_ENDS_WITHIN,
  })
  await page.getByRole('button', { name: 'Export Results' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV' }).first().click()
  const file = await (await downloading).createReadStream()
  const text = (await file.toArray()).map(String).join('')
  expect(text.trim().split('\n')).toHaveLength(11)
})

test('two browsers edit one draft at once: the second is told, and nothing is lost', async ({
  page,
  context,
}) => {
  await signIn(page, url(), MANAGER)
  const { id, version } = await draft(page, 'Shared draft')
  await page.goto(`${url()}/campaigns/${id}/edit?step=details`)
  await expect(page.getByLabel('Name')).toHaveValue('Shared draft')
  const other = await context.newPage()
  await other.goto(`${url()}/campaigns`)
  await ask(other, 'PATCH', `/api/v1/campaigns/${id}`, {
    version,
    description: 'From the other browser',
  })
  await page.getByLabel('Name').fill('Shared draft, renamed')
  await page.getByLabel('Name').blur()
  await expect(page.getByText('Somebody else has changed this campaign')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Shared draft, renamed')
  await page.getByRole('button', { name: 'Keep what I typed, and take over the rest' }).click()
  await expect(page.getByLabel('Description')).toHaveValue('From the other browser')
  await expect(page.getByLabel('Name')).toHaveValue('Shared draft, renamed')
})

test('whoever opts out on the virtual handset is on the do-not-call list', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  const { id } = await draft(page, 'With a way out', { opt_out: { enabled: true, digit: '9' } })
  await page.goto(`${url()}/campaigns/${id}/handset`)
  await page.getByText('Yourself', { exact: true }).click()
  await page.getByLabel('Your own number').first().fill('+12125550142')
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('button', { name: 'Key 9' }).click()
  await expect(page.getByText('+1 212 555 0142 is on the do-not-call list')).toBeVisible()
  await page.goto(`${url()}/do-not-call?q=5550142`)
  await expect(page.getByText('+1 212 555 0142')).toBeVisible()
})
