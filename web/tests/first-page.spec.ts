/** What the first page costs: its script, that nothing jumps, and that an open page asks for nothing again and again. */
import { signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

/** P-13: all script of the first page, as it travels. */
const SCRIPT_MAX = 250 * 1024
/** A page that polls would do it within this. Milliseconds. */
const WATCHED_FOR = 6_000
/** The last event of the stream may come so long after the page. Milliseconds. */
const SETTLES_WITHIN = 3_000
const DEMO_ENDS_WITHIN = 45_000

test('the first page is light, does not jump, and does not poll', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver(list => {
      for (const entry of list.getEntries())
        shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(`${url()}/campaigns?tab=completed`)
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible()
  await page.waitForLoadState('load')
  await test.step('the campaign of the demo is over, so that nothing happens any more', async () => {
    await expect(page.getByText('Appointment reminders')).toBeVisible({ timeout: DEMO_ENDS_WITHIN })
    await page.reload()
    await expect(page.getByText('Appointment reminders')).toBeVisible()
    await page.waitForTimeout(SETTLES_WITHIN)
  })

  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  // That nothing happens can't be waited for.
  await page.waitForTimeout(WATCHED_FOR)
  expect(asked, 'asked while nothing was done').toEqual([])

  const cost = await page.evaluate(() => {
    const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const scripts = files.filter(it => it.name.endsWith('.js'))
    const shifts = (window as unknown as { shifts: number[] }).shifts
    return {
      script: scripts.reduce((sum, it) => sum + it.encodedBodySize, 0),
      streams: files.filter(it => it.name.includes('/api/v1/events')).length,
      shift: shifts.reduce((sum, it) => sum + it, 0),
    }
  })
  expect(cost.script).toBeGreaterThan(0)
  expect(cost.script).toBeLessThanOrEqual(SCRIPT_MAX)
  expect(cost.streams).toBeLessThanOrEqual(1)
  expect(cost.shift).toBeLessThan(0.01)
})
