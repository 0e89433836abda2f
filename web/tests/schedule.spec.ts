/** The guide's recurring example: every Monday at nine in New York, twelve times; from the create page to scheduled and back. */
import type { Page } from '@playwright/test'
import { ask, signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

const NAME = 'Weekly Customer Check-In'
const FIRST = /^Mon, .+, 09:00 \(New York\)$/

/** A draft made on the create page, with people of the demo's contact book and a message. */
async function draft(page: Page): Promise<string> {
  await page.goto(`${url()}/campaigns/new`)
  await page.getByLabel('Name').fill(NAME)
  await page.getByRole('button', { name: 'Create draft and continue' }).click()
  await expect(page).toHaveURL(/\/edit\?step=contacts/)
  const id = /campaigns\/([^/]+)\/edit/.exec(page.url())?.[1] ?? ''
  const { items } = await ask<{ items: { id: string }[] }>(page, 'GET', '/api/v1/contacts?limit=5')
  const contact_ids = items.map(it => it.id)
  await ask(page, 'POST', `/api/v1/campaigns/${id}/recipients`, { contact_ids })
  await page.goto(`${url()}/campaigns/${id}/edit?step=call`)
  await page
    .getByRole('textbox', { name: 'Text' })
    .fill('Hello {{first_name|there}}, this is {{organization_name}}.')
  return id
}

test('a manager schedules a recurring campaign, sees its runs, and unschedules it', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  const id = await draft(page)

  await test.step('the pattern is chosen in the guide’s words, and the next ten runs are shown', async () => {
    await page.getByRole('link', { name: 'Schedule' }).click()
    await page.getByRole('radio', { name: 'Recurring' }).check()
    await expect(page.getByText('Weekly', { exact: true })).toBeVisible()
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']) {
      await page.getByRole('checkbox', { name: day, exact: true }).setChecked(day === 'Mon')
    }
    await page.getByLabel('Time', { exact: true }).fill('09:00')
    await page.getByRole('radio', { name: 'Max Occurrences' }).check()
    await page.getByLabel('Runs', { exact: true }).fill('12')
    const runs = page.getByRole('region', { name: 'The next 10 runs' })
    await expect(runs).toContainText('Every Monday at 09:00 (New York), 12 times')
    await expect(runs.getByText(FIRST)).toHaveCount(10)
  })

  await test.step('a first date that is past is said beside its field and at the review', async () => {
    const date = page.getByLabel('First date')
    const good = await date.inputValue()
    await date.fill('2020-01-06')
    await expect(page.getByText('Choose a date and time that is still to come.')).toBeVisible()
    await page.getByRole('link', { name: 'Review & launch' }).click()
    await expect(page.getByRole('button', { name: 'Confirm & Schedule' })).toBeDisabled()
    await page.getByRole('link', { name: 'The planned time is past', exact: false }).click()
    await page.getByLabel('First date').fill(good)
    await expect(page.getByText('Choose a date and time that is still to come.')).toHaveCount(0)
  })

  await test.step('what will happen is said with its time, and confirmed', async () => {
    await page.getByRole('link', { name: 'Review & launch' }).click()
    await expect(page.getByText('Every Monday at 09:00 (New York), 12 times. Calls 5 people')).toBeVisible()
    await expect(page.getByText('The first run begins Mon,', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'Confirm & Schedule' }).click()
    await expect(page).toHaveURL(new RegExp(`/campaigns/${id}$`))
    await expect(page.getByText('Scheduled: the next run begins Mon,', { exact: false })).toBeVisible()
    await expect(page.getByText('Every Monday at 09:00 (New York), 12 times', { exact: false })).toBeVisible()
  })

  await test.step('the list says when it runs next', async () => {
    await page.goto(`${url()}/campaigns?tab=scheduled`)
    const row = page.getByRole('listitem').filter({ hasText: NAME })
    await expect(row).toContainText('Next run Mon,')
    await row.getByRole('link', { name: NAME }).click()
  })

  await test.step('between two runs it is paused and resumed', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByText('Runs that come while it is paused are skipped.')).toBeVisible()
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(page.getByText('Scheduled: the next run begins Mon,', { exact: false })).toBeVisible()
  })

  await test.step('unscheduling names its consequence, and it is a draft again', async () => {
    await page.getByRole('button', { name: 'Unschedule', exact: true }).click()
    const question = page.getByRole('dialog', { name: 'Unschedule' })
    await expect(question).toContainText('It is a draft again')
    await question.getByRole('button', { name: 'Unschedule campaign' }).click()
    await expect(page.getByRole('link', { name: 'Continue editing' })).toBeVisible()
    await page.getByRole('tab', { name: 'Log' }).click()
    await expect(page.getByText('Unscheduled: it is a draft again')).toBeVisible()
  })
  const { status } = await ask<{ status: string }>(page, 'GET', `/api/v1/campaigns/${id}`)
  expect(status).toBe('draft')
})
