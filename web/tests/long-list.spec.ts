/**
 * A campaign with a million recipients in a real browser: the list is taller than browsers draw, its scroll bar reaches
 * everybody, and few pages are asked for. Only the two answers that tell of a million people are made up here.
 */
import type { Locator, Page } from '@playwright/test'
import { ask, signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const PEOPLE = 1_000_000
const ROW = 36
const url = demo()

type Item = { id: string; name: string }

/** Makes a campaign's list a million people long; tells how many pages of it were asked for. */
async function lengthen(page: Page, id: string): Promise<() => number> {
  let asked = 0
  const figures = await ask<object>(page, 'GET', `/api/v1/campaigns/${id}/progress`)
  const first = (await ask<{ items: Item[] }>(page, 'GET', `/api/v1/campaigns/${id}/recipients?limit=1`))
    .items[0]
  await page.route(`**/campaigns/${id}/progress`, route =>
    route.fulfill({ json: { ...figures, total: PEOPLE, remaining: PEOPLE } }),
  )
  await page.route('**/api/v1/events**', route => route.abort())
  await page.route(`**/campaigns/${id}/recipients?**`, route => {
    asked += 1
    const position = Number(new URL(route.request().url()).searchParams.get('position') ?? 0)
    const items = Array.from({ length: Math.min(100, PEOPLE - position) }, (_, index) => ({
      ...first,
      id: `person-${position + index}`,
      name: `Guest ${position + index + 1}`,
    }))
    return route.fulfill({ json: { items, next_cursor: null } })
  })
  return () => asked
}

/** The place of the first row in sight, counted from 1. */
function firstInSight(table: Locator): Promise<number> {
  return table.evaluate(element => {
    const head = element.querySelector('[role="columnheader"]')?.getBoundingClientRect().bottom ?? 0
    const rows = [...element.querySelectorAll('[role="row"][aria-rowindex]')]
    const seen = rows.filter(row => row.getBoundingClientRect().bottom > head + 1)
    return Math.min(...seen.map(row => Number(row.getAttribute('aria-rowindex'))))
  })
}

test('the scroll bar of a million recipients reaches each of them', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  const { items } = await ask<{ items: Item[] }>(page, 'GET', '/api/v1/campaigns')
  const asked = await lengthen(page, items[0]?.id ?? '')
  await page.goto(`${url()}/campaigns/${items[0]?.id}?tab=recipients`)
  const table = page.getByRole('table', { name: 'Recipients' })
  await expect(table.getByText('Guest 1', { exact: true })).toBeVisible()
  await expect(table).toHaveAttribute('aria-rowcount', String(PEOPLE))

  const scrollTo = (part: number) =>
    table.evaluate((element, part) => {
      const box = element.parentElement as HTMLElement
      box.scrollTop = part * (box.scrollHeight - box.clientHeight)
    }, part)

  await test.step('to the last', async () => {
    await scrollTo(1)
    await expect(table.getByText('Guest 1000000', { exact: true })).toBeVisible()
  })

  await test.step('to the middle, and from there row by row', async () => {
    await scrollTo(0.5)
    await expect(table.locator('[aria-busy]')).toHaveCount(0)
    const middle = await firstInSight(table)
    expect(Math.abs(middle - PEOPLE / 2)).toBeLessThan(PEOPLE / 100)
    await expect(table.getByText(`Guest ${middle}`, { exact: true })).toBeAttached()
    await table.hover()
    await page.mouse.wheel(0, 10 * ROW)
    await expect.poll(() => firstInSight(table)).toBe(middle + 10)
  })

  await test.step('and back to the first', async () => {
    await scrollTo(0)
    await expect(table.getByText('Guest 1', { exact: true })).toBeVisible()
  })

  expect(await table.getByRole('row').count()).toBeLessThan(80)
  expect(asked(), 'pages asked for on the way').toBeLessThan(14)
})
