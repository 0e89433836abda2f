/** axe-core finds nothing on any page, in both themes, nor in the windows that open there. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { signIn } from './support/people'
import { look, places } from './support/places'
import { ADMINISTRATOR } from './support/server'
import { demo, expect, test } from './support/story'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SCHEMES = ['light', 'dark'] as const

const url = demo()

/** What is wrong, a line each: rule, where, and the mend. */
async function violations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the pages' own policy allows no script that is not theirs.
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<AxeResults>(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.failureSummary?.replaceAll(/\s+/g, ' ')}`),
  )
}

for (const colorScheme of SCHEMES) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('every page is without violations', async ({ page }) => {
      test.setTimeout(600_000)
      await page.goto(url())
      await page.getByRole('heading', { name: 'Sign in to Carillon' }).waitFor()
      expect.soft(await violations(page), 'sign-in').toEqual([])
      await signIn(page, url(), ADMINISTRATOR)
      for (const [name, address] of Object.entries(await places(page))) {
        await look(page, url() + address)
        expect.soft(await violations(page), name).toEqual([])
      }
    })

    test('windows that open are without violations', async ({ page }) => {
      test.setTimeout(240_000)
      await signIn(page, `${url()}/contacts`, ADMINISTRATOR)
      await page.getByRole('button', { name: 'New contact' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Add contact' }).click()
      await page.getByRole('dialog').getByRole('alert').waitFor()
      expect.soft(await violations(page), 'a form with what is wrong').toEqual([])
      await look(page, `${url()}/do-not-call`)
      await page.getByRole('button', { name: 'Add number' }).first().click()
      await page.getByRole('dialog').waitFor()
      expect.soft(await violations(page), 'a window').toEqual([])
      await look(page, `${url()}/admin/users`)
      await page.getByRole('row').nth(1).click()
      await page.getByRole('button', { name: 'Disable user' }).click()
      await page.getByRole('dialog', { name: /^Disable/ }).waitFor()
      expect.soft(await violations(page), 'a question').toEqual([])
      await look(page, `${url()}/campaigns`)
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
      expect.soft(await violations(page), 'the keys').toEqual([])
    })
  })
}
