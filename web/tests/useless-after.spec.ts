/** A message that is of no use after a time: chosen in the Schedule step, told on the campaign's page, and then nobody is called any more. */
import { ask, signIn } from './support/people'
import { ADMINISTRATOR } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo(60)

const MINUTE = 60_000
/** What the way from the Schedule step to the launch may take. Milliseconds. */
const ENOUGH = 40_000

/** The first minute of New York that leaves enough time, as its fields are typed. */
function deadline(): { at: number; date: string; time: string } {
  const at = Math.ceil((Date.now() + ENOUGH) / MINUTE) * MINUTE
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  const [date = '', time = ''] = parts.format(at).split(' ')
  return { at, date, time }
}

test('whoever is not called by the time that was set is not called any more', async ({ page }) => {
  test.setTimeout(240_000)
  await signIn(page, url(), ADMINISTRATOR)
  const campaign = await ask<{ id: string }>(page, 'POST', '/api/v1/campaigns', {
    name: 'Storm warning',
    message: { kind: 'tts', text: 'A storm is coming.', voice: 'Polly.Joanna-Neural', language: 'en-US' },
    // A call every ten seconds: most are still waiting when the storm is there.
    limits: { max_concurrent_calls: null, calls_per_second: 0.1 },
    retry: { max_attempts: 1 },
    recipient_hours: { enabled: false, start: '08:00', end: '21:00' },
  })
  const { items } = await ask<{ items: { id: string }[] }>(page, 'GET', '/api/v1/contacts?limit=40')
  await ask(page, 'POST', `/api/v1/campaigns/${campaign.id}/recipients`, {
    contact_ids: items.map(it => it.id),
  })

  await page.goto(`${url()}/campaigns/${campaign.id}/edit?step=schedule`)
  const { at, date, time } = deadline()
  await test.step('the time is chosen in the Schedule step, and said before the launch', async () => {
    await page.getByRole('switch', { name: 'The message is of no use after a time' }).check({ force: true })
    await expect(page.getByText('By the clocks of New York.')).toBeVisible()
    await page.getByLabel('Date', { exact: true }).fill(date)
    await page.getByLabel('Time', { exact: true }).fill(time)
    await page.getByRole('link', { name: 'Review & launch' }).click()
    await page.getByRole('button', { name: 'Confirm & Launch' }).click()
    await expect(page).toHaveURL(new RegExp(`/campaigns/${campaign.id}$`))
  })
  const { useless_after } = await ask<{ useless_after: string }>(
    page,
    'GET',
    `/api/v1/campaigns/${campaign.id}`,
  )
  expect(Date.parse(useless_after)).toBe(at)

  await test.step('the campaign’s page tells it', async () => {
    await page.getByRole('tab', { name: 'Settings' }).click()
    await expect(page.getByText('The message is of no use after', { exact: false })).toBeVisible()
  })

  await test.step('after it nobody is called, and everybody who was left says why', async () => {
    await expect(page.getByText(/\d+ people were not called\./)).toBeVisible({ timeout: 2 * MINUTE })
    await page.goto(`${url()}/campaigns/${campaign.id}?tab=recipients&state=suppressed`)
    const people = page.getByRole('table', { name: 'Recipients' })
    await expect(people.getByRole('row').nth(1)).toContainText('only useful until a time that had passed')
    await people.getByRole('row').nth(1).click()
    await expect(page.getByRole('dialog')).toContainText('only useful until a time that had passed')
  })
  type Progress = { called: number; suppressed: number; total: number }
  const told = await ask<Progress>(page, 'GET', `/api/v1/campaigns/${campaign.id}/progress`)
  expect(told.suppressed).toBeGreaterThan(20)
  expect(told.called + told.suppressed).toBe(told.total)
})
