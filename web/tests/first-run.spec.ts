/** An installation that nobody uses yet: the first browser makes the organization, once. */
import { expectWrong, signOut } from './support/people'
import { Installation, type Running } from './support/server'
import { expect, test } from './support/story'

const EMAIL = 'ada@acme.example'
const PASSWORD = 'first of all people'

let installation: Installation
let server: Running

test.beforeAll(async () => {
  installation = await Installation.make()
  server = await installation.serve()
})
test.afterAll(async () => {
  await server?.kill()
  await installation?.end()
})

test('the first person makes the organization and is its administrator', async ({ page, browser }) => {
  await page.goto(server.url)
  await expect(page.getByRole('heading', { name: 'Welcome to Carillon' })).toBeVisible()

  await page.getByLabel('Organization').fill('Acme')
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('Your email').fill(EMAIL)
  await page.getByLabel(/^Password/).fill('short')
  await page.getByRole('button', { name: 'Create organization' }).click()
  await expect(page.getByLabel('Your name')).toHaveValue('Ada Lovelace')
  await expectWrong(page.getByLabel(/^Password/))

  const late = await browser.newContext()
  const latePage = await late.newPage()
  await latePage.goto(server.url)
  await expect(latePage.getByRole('heading', { name: 'Welcome to Carillon' })).toBeVisible()

  await page.getByLabel(/^Password/).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeAttached()
  await expect(page.getByRole('banner')).toContainText('Acme')

  await test.step('whoever comes second is told to sign in', async () => {
    await latePage.getByLabel('Organization').fill('Other')
    await latePage.getByLabel('Your name').fill('Bob')
    await latePage.getByLabel('Your email').fill('bob@other.example')
    await latePage.getByLabel(/^Password/).fill(PASSWORD)
    await latePage.getByRole('button', { name: 'Create organization' }).click()
    await expect(latePage.getByRole('alert')).toContainText('Somebody else has just set this installation up')
    await latePage.getByRole('button', { name: 'Sign in' }).click()
    await expect(latePage.getByRole('heading', { name: 'Sign in to Carillon' })).toBeVisible()
    await late.close()
  })

  await signOut(page)
})
