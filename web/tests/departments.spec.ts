/** Whose things are whose: a manager of one department sees nothing of another's. */
import { ask, signIn, signOut } from './support/people'
import { ADMINISTRATOR, MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const STRANGER = 'sam@example.com'
const PASSWORD = 'carillon of sales'

const url = demo()

test('a manager sees nothing of another department', async ({ page }) => {
  await signIn(page, `${url()}/admin/departments`, ADMINISTRATOR)
  await page.getByRole('button', { name: 'New department' }).click()
  const naming = page.getByRole('dialog', { name: 'New department' })
  await naming.getByLabel('Name').fill('Sales')
  await naming.getByRole('button', { name: 'Add department' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Sales' })).toBeVisible()

  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('button', { name: 'New user' }).click()
  const form = page.getByRole('dialog', { name: 'New user' })
  await form.getByLabel('Email').fill(STRANGER)
  await form.getByLabel('Name').fill('Sam Sales')
  await form.getByRole('combobox', { name: 'Departments' }).click()
  await page.getByRole('option', { name: 'Sales' }).click()
  await form.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await form.getByRole('button', { name: 'Add user' }).click()
  await expect(page.getByRole('row').filter({ hasText: STRANGER })).toContainText('Sales')
  await signOut(page)

  await signIn(page, `${url()}/contacts`, MANAGER)
  const contacts = await ask<{ items: { id: string }[] }>(page, 'GET', '/api/v1/contacts?limit=1')
  const campaigns = await ask<{ items: { id: string; name: string }[] }>(
    page,
    'GET',
    '/api/v1/campaigns?limit=1',
  )
  const [contact] = contacts.items
  const [campaign] = campaigns.items
  if (!contact || !campaign) throw new Error('the demo has contacts and campaigns')
  await signOut(page)

  await signIn(page, `${url()}/contacts`, STRANGER, PASSWORD)
  await expect(page.getByText('Nobody to call yet')).toBeVisible()
  for (const path of [`/contacts/${contact.id}`, `/campaigns/${campaign.id}`]) {
    await page.goto(url() + path)
    await expect(page.getByText('it belongs to a department that is not yours')).toBeVisible()
  }
  await page.goto(`${url()}/campaigns`)
  await expect(page.getByText(campaign.name)).toHaveCount(0)
  await page.goto(`${url()}/admin/users`)
  await expect(page.getByText('Your role does not allow this')).toBeVisible()
})

test('a user who is disabled cannot come in any more', async ({ page, browser }) => {
  const theirs = await browser.newContext()
  const there = await theirs.newPage()
  await signIn(there, url(), MANAGER)
  await signIn(page, `${url()}/admin/users`, ADMINISTRATOR)
  await page.getByRole('row').filter({ hasText: MANAGER }).click()
  await page.getByRole('button', { name: 'Disable user' }).click()
  const question = page.getByRole('dialog', { name: /^Disable/ })
  await expect(question).toContainText('They are signed out everywhere at once')
  await question.getByRole('button', { name: 'Disable user' }).click()
  await expect(question).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Enable user' })).toBeVisible()
  await there.goto(`${url()}/contacts`)
  await expect(there.getByRole('heading', { name: 'Sign in to Carillon' })).toBeVisible()
  await theirs.close()
})

test('a token is shown once and can be revoked', async ({ page }) => {
  await signIn(page, `${url()}/admin/tokens`, ADMINISTRATOR)
  await page.getByRole('button', { name: 'New token' }).first().click()
  await page.getByRole('dialog', { name: 'New token' }).getByLabel('Name').fill('Nightly import')
  await page.getByRole('button', { name: 'Create token' }).click()
  const made = page.getByRole('dialog', { name: 'Your new token' })
  const token = (await made.getByRole('code').textContent()) ?? ''
  const asked = () =>
    page.request.get(`${url()}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } })
  expect((await asked()).status()).toBe(200)
  await page.keyboard.press('Escape')
  await expect(made).toBeVisible()
  await made.getByRole('button', { name: 'I have kept it' }).click()
  expect(await page.content()).not.toContain(token)
  await page.getByRole('button', { name: 'Revoke Nightly import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Nightly import' })).toContainText('Revoked')
  expect((await asked()).status()).toBe(401)
})
