/** Pictures of what opens on pages: windows, drawers, menus, questions, and forms with what is wrong in them. */
import type { Page } from '@playwright/test'
import { inEachLook, type Take } from './support/looks'
import { ask, signIn } from './support/people'
import { look } from './support/places'
import { ADMINISTRATOR, PASSWORD } from './support/server'
import { type Stage, setStage } from './support/stage'
import { demo, test } from './support/story'
import { codeOf } from './support/totp'

const url = demo(60)
let stage: Stage

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  stage = await setStage(browser, url())
})

/** The button of a page's head, or of its bar on a phone, counted from the last. */
const action = (page: Page, at = -1) => page.getByTestId('actions').getByRole('button').nth(at)

async function window(page: Page, take: Take, name: string) {
  await page.getByRole('dialog').last().waitFor()
  await take(name, 'inSight')
}

async function ofPages(page: Page, take: Take) {
  await look(page, `${url()}/contacts`)
  await action(page).click()
  await page.getByRole('dialog').locator('[type=submit]').click()
  await page.getByRole('dialog').getByRole('alert').waitFor()
  await window(page, take, 'window-contact-wrong')
  await look(page, `${url()}/contacts/${stage.contact}`)
  await action(page).click()
  await window(page, take, 'window-contact-edit')
  await page.keyboard.press('Escape')
  await action(page, 0).click()
  await window(page, take, 'window-contact-delete')
  await look(page, `${url()}/do-not-call`)
  await action(page).click()
  await window(page, take, 'window-number')
  await look(page, `${url()}/admin/users`)
  await action(page).click()
  await window(page, take, 'window-user-new')
  await page.keyboard.press('Escape')
  await page.getByRole('row').filter({ hasText: 'manager@example.com' }).click()
  await window(page, take, 'window-user')
  await look(page, `${url()}/admin/departments`)
  await action(page).click()
  await window(page, take, 'window-department')
  await look(page, `${url()}/admin/tokens`)
  await action(page).click()
  await window(page, take, 'window-token')
  await page.getByRole('dialog').getByRole('textbox').first().fill('Nightly export')
  await page.getByRole('dialog').locator('[type=submit]').click()
  await page.getByRole('dialog').getByRole('code').waitFor()
  await window(page, take, 'window-token-made')
  await look(page, `${url()}/admin/carrier`)
  await page
    .getByRole('main')
    .getByRole('button', { name: /^(Check|Prüfen)$/ })
    .click()
  await page.getByText(/Webhooks: /).waitFor()
  await take('carrier-checked')
}

async function ofCampaigns(page: Page, take: Take) {
  await look(page, `${url()}/campaigns/${stage.paused}`)
  await action(page, 1).click()
  await window(page, take, 'window-stop')
  await page.keyboard.press('Escape')
  await action(page).click()
  await page.getByRole('menu').waitFor()
  await take('window-menu', 'inSight')
  await page.getByRole('menuitem').first().click()
  await window(page, take, 'window-campaign-edit')
  await look(page, `${url()}/campaigns/${stage.ready}/edit?step=contacts`)
  await page.getByText(/^(Add from Contacts|Aus Kontakten hinzufügen)/).click()
  await page.getByRole('table').first().waitFor()
  await take('create-contact-book', 'inSight')
  await look(page, `${url()}/campaigns/${stage.ready}/handset`)
  await page
    .getByRole('main')
    .getByRole('button', { name: /^(Call|Anrufen)$/ })
    .click()
  await page.waitForTimeout(4_000)
  await take('handset-talking')
  await look(page, `${url()}/campaigns`)
  await page.keyboard.press('?')
  await window(page, take, 'window-keys')
}

const LIST = 'Phone;First name;Plan\n(212) 555-0161;Ada;gold\n555;Nobody;none\n(212) 555-0161;Twice;gold'

async function ofImports(page: Page, take: Take) {
  await look(page, `${url()}/imports?list=new`)
  const file = { name: 'december.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) }
  const field = page.locator('input[type=file]')
  if ((await field.count()) === 0) {
    await page.getByRole('combobox').click()
    await page.getByRole('option').first().click()
  }
  await take('import-upload')
  await field.setInputFiles(file)
  await page.getByRole('table').first().waitFor()
  await take('import-mapping')
  await page.getByRole('button', { name: /^(Validate|Prüfen)$/ }).click()
  await page.locator('main [aria-live=polite]').waitFor()
  await take('import-looked-at')
}

async function ofAccount(page: Page, take: Take, email: string) {
  await ask(page, 'POST', '/api/v1/users', { email, name: 'Fay Factor', role: 'manager', password: PASSWORD })
  await page.context().clearCookies()
  await signIn(page, `${url()}/account`, email)
  const main = page.getByRole('main')
  await main.getByRole('button', { name: /second factor$|^Zweiten Faktor/ }).click()
  await window(page, take, 'window-factor-password')
  await page.getByRole('dialog').locator('input').fill(PASSWORD)
  await page.getByRole('dialog').locator('[type=submit]').click()
  const secret = (await page.getByRole('dialog').locator('code').textContent()) ?? ''
  await window(page, take, 'window-factor-app')
  await page.getByRole('dialog').locator('input').fill(codeOf(secret))
  await page.getByRole('dialog').locator('[type=submit]').click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  await window(page, take, 'window-factor-codes')
  await page.getByRole('dialog').getByRole('button').last().click()
  await take('account-with-factor')
  await page.getByRole('banner').getByRole('button').last().click()
  await page.getByRole('menu').waitFor()
  await take('window-person', 'inSight')
  await page.context().clearCookies()
  await page.goto(url())
  await page.locator('[type=email]').fill(email)
  await page.locator('[type=password]').fill(PASSWORD)
  await page.locator('[type=submit]').click()
  await page.locator('[autocomplete=one-time-code]').waitFor()
  await take('sign-in-code')
}

inEachLook(async (page, take, look) => {
  await signIn(page, url(), ADMINISTRATOR)
  if (look.viewport.width < 500) {
    await page.getByRole('banner').getByRole('button').first().click()
    await take('window-navigation', 'inSight')
  }
  await ofPages(page, take)
  await ofCampaigns(page, take)
  await ofImports(page, take)
  await ofAccount(page, take, `fay.${look.name}@example.com`)
})
