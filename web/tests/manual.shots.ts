/** The pictures of the manual, in docs/manual/pictures: `make shots` makes them anew. */
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { ask, signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo(400)
const FOLDER = fileURLToPath(new URL('../../docs/manual/pictures', import.meta.url))
const SIZE = { width: 1280, height: 760 }

const MESSAGE =
  'Hello {{first_name|there}}, this is {{organization_name}}. Your appointment is tomorrow. Press 9 if you want no more calls.'

const LIST = [
  'Phone;First name;Last name;Plan',
  '(212) 555-0111;Ada;Lovelace;gold',
  '(212) 555-0112;Grace;Hopper;silver',
  '(212) 555-0113;Alan;Turing;gold',
  '555;Nobody;Here;none',
].join('\n')

async function picture(page: Page, name: string) {
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' })
}

test('pictures of a first campaign', async ({ page }) => {
  await page.setViewportSize(SIZE)
  await signIn(page, url(), MANAGER)
  await expect(page.getByText('calls a minute')).toBeVisible()
  await picture(page, 'campaigns')
  await page.getByRole('link', { name: 'Appointment reminders' }).first().click()
  await expect(page.getByText('Why is it not dialing', { exact: false })).toBeVisible()
  await expect(page.getByText('Last calls')).toBeVisible()
  await picture(page, 'campaign')

  await page.goto(`${url()}/campaigns/new`)
  await page.getByLabel('Name').fill('Appointment reminders, December')
  await picture(page, 'create-details')
  await page.getByRole('button', { name: 'Create draft and continue' }).click()
  await page.getByText('Upload CSV', { exact: true }).click()
  const file = { name: 'december.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Validate' }).click()
  await expect(page.getByText('What the list holds')).toBeVisible()
  await picture(page, 'create-contacts')
  await page.getByRole('button', { name: 'Import contacts' }).click()
  await expect(page.getByText('december.csv is imported')).toBeVisible()

  const id = /campaigns\/([^/]+)\/edit/.exec(page.url())?.[1]
  const { version } = await ask<{ version: number }>(page, 'GET', `/api/v1/campaigns/${id}`)
  const message = {
    kind: 'tts',
    text: MESSAGE,
    voice: 'Polly.Joanna-Neural',
    language: 'en-US',
    rate_percent: 100,
    pitch_percent: 0,
  }
  await ask(page, 'PATCH', `/api/v1/campaigns/${id}`, {
    version,
    message,
    opt_out: { enabled: true, digit: '9' },
  })
  await page.goto(`${url()}/campaigns/${id}/edit?step=call`)
  await expect(page.getByText('Hello Ada', { exact: false })).toBeVisible()
  await picture(page, 'create-message')
  await page.goto(`${url()}/campaigns/${id}/edit?step=review`)
  await expect(page.getByRole('button', { name: 'Confirm & Launch' })).toBeVisible()
  await picture(page, 'create-review')
})
