/** When people answer: a heat map, the same as a table and as a file; and hours that stand out become a campaign's. */
import { fillHours } from './support/best-hours'
import { downloaded } from './support/lists'
import { ask, signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

test('hours in which people answer are shown, read as a table, and downloaded', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  await fillHours(page)
  await page.getByRole('link', { name: 'Best hours' }).click()
  await expect(page.getByText('Of 5,412 calls, 45.5 % were answered.')).toBeVisible()

  await test.step('each field says its figures, so that color never stands alone', async () => {
    const map = page.getByRole('region', { name: 'Answered calls by weekday and hour, in percent' })
    const tuesday = map.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Tue' }) })
    await expect(tuesday).toContainText('Tuesday from 10:00: 71 of 120 calls were answered. 59 %')
    const saturday = map.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Sat' }) })
    await expect(saturday).toContainText('3 of 12 calls were answered. too few calls')
  })

  await test.step('on a telephone the map scrolls, not the page', async () => {
    const window = page.viewportSize()
    await page.setViewportSize({ width: 390, height: 844 })
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.setViewportSize(window ?? { width: 1440, height: 900 })
  })

  await test.step('the same stands in a table, the best hours first, and by area', async () => {
    await page.getByText('The same as a table').click()
    const table = page.getByRole('table').filter({ hasText: '95 % certain between' })
    await expect(table.getByRole('row').nth(1)).toContainText('Friday 11:00')
    await expect(page.getByRole('table').filter({ hasText: 'New York' })).toContainText('Germany')
    await expect(page.getByText('Tue, Wed, and Thu, 10:00 to 12:00')).toBeVisible()
  })

  await test.step('and in a file', async () => {
    const file = await downloaded(page, () => page.getByRole('link', { name: 'CSV' }).click())
    expect(file).toContain('weekday,hour,attempts,answered')
  })

  await test.step('the span and the area stand in the address; where nobody was called, it says so', async () => {
    await page.getByText('30 days', { exact: true }).click()
    await expect(page).toHaveURL(/days=30/)
    await page.goto(`${url()}/best-hours?area=US-AK`)
    await expect(page.getByText('No calls in what you chose')).toBeVisible()
  })
})

test('hours that stand out are taken over as the campaign’s own', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  await fillHours(page)
  const { id } = await ask<{ id: string }>(page, 'POST', '/api/v1/campaigns', { name: 'At good hours' })
  await page.goto(`${url()}/campaigns/${id}/edit?step=schedule`)
  const limits = page.getByRole('switch', { name: 'Dial only on certain days and at certain times' })
  await limits.check({ force: true })
  const hours = page.getByRole('region', { name: 'From your own calls' })
  await expect(hours).toContainText('62 % answered, against 45.5 % in all hours')
  await hours.getByRole('button', { name: 'Use Tue, Wed, and Thu, 10:00 to 12:00' }).click()
  const kept = () =>
    ask<{ calling_hours: object | null }>(page, 'GET', `/api/v1/campaigns/${id}`).then(it => it.calling_hours)
  await expect.poll(kept).toMatchObject({ days: ['tue', 'wed', 'thu'], start: '10:00', end: '12:00' })
  await page.reload()
  await expect(page.getByRole('checkbox', { name: 'Tue', exact: true })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Mon', exact: true })).not.toBeChecked()
})
