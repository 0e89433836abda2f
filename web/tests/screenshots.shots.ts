/** Pictures of every page, in light and dark, wide and narrow, into the folder that SHOTS_DIR names. Told by nobody: they are looked at. */
import { join } from 'node:path'
import { signIn } from './support/people'
import { look, places } from './support/places'
import { ADMINISTRATOR } from './support/server'
import { demo, test } from './support/story'

const FOLDER = process.env.SHOTS_DIR ?? 'test-results/shots'
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
/** Enough people for tables that scroll, and a campaign that is still under way. */
const CONTACTS = 400
/** For fonts and charts. Milliseconds. */
const SETTLE = 400

const url = demo(CONTACTS)

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test.describe(`${colorScheme}, ${size}`, () => {
      test.use({ colorScheme, viewport })

      test('every page', async ({ page }) => {
        test.setTimeout(300_000)
        const picture = async (name: string) => {
          await page.waitForTimeout(SETTLE)
          await page.screenshot({
            path: join(FOLDER, `${name}-${colorScheme}-${size}.png`),
            animations: 'disabled',
          })
        }
        await page.goto(url())
        await page.getByRole('heading', { name: 'Sign in to Carillon' }).waitFor()
        await picture('sign-in')
        await signIn(page, url(), ADMINISTRATOR)
        for (const [name, address] of Object.entries(await places(page))) {
          await look(page, url() + address)
          await picture(name)
        }
      })

      test('states in between', async ({ page }) => {
        const picture = (name: string) =>
          page.screenshot({
            path: join(FOLDER, `${name}-${colorScheme}-${size}.png`),
            animations: 'disabled',
          })
        await signIn(page, `${url()}/contacts`, ADMINISTRATOR)
        await page.getByRole('button', { name: 'New contact' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Add contact' }).click()
        await page.getByRole('dialog').getByRole('alert').waitFor()
        await picture('contact-wrong')
        await page.route('**/api/v1/do-not-call*', route => route.fulfill({ status: 503 }))
        await page.goto(`${url()}/do-not-call`)
        await page.getByRole('button', { name: 'Try again' }).waitFor()
        await picture('server-gone')
      })
    })
  }
}
