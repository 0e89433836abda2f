/** In and out, and what is said when one may not come in. */
import { signIn, signOut } from './support/people'
import { MANAGER, PASSWORD } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

test('a manager signs in, sees what is theirs, and signs out', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  await expect(page).toHaveURL(/\/campaigns$/)
  const navigation = page.getByRole('navigation', { name: 'Main navigation' })
  await expect(navigation.getByRole('link', { name: 'Contacts' })).toBeVisible()
  await expect(navigation.getByRole('link', { name: 'Campaign settings' })).toBeVisible()
  await expect(navigation.getByRole('link', { name: 'Users' })).toHaveCount(0)
  await signOut(page)
  await page.goto(`${url()}/contacts`)
  await expect(page.getByRole('heading', { name: 'Sign in to Carillon' })).toBeVisible()
})

test('a wrong password is said in words and what was typed stays', async ({ page }) => {
  await page.goto(url())
  await page.getByLabel('Email').fill(MANAGER)
  await page.getByLabel(/^Password/).fill('not my password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('Email or password is not right. Nothing was changed.')
  await expect(page.getByLabel('Email')).toHaveValue(MANAGER)
})

test('the address that was wanted is shown after the sign-in', async ({ page }) => {
  await signIn(page, `${url()}/do-not-call`, MANAGER)
  await expect(page.getByRole('heading', { level: 1, name: 'Do not call' })).toBeVisible()
})

test('a browser that is signed out elsewhere asks for the password again', async ({ page, browser }) => {
  await signIn(page, `${url()}/account`, MANAGER)
  const other = await browser.newContext()
  const there = await other.newPage()
  await signIn(there, url(), MANAGER)
  await page.reload()
  const sessions = page.getByRole('listitem').filter({ hasNotText: 'This browser' })
  await sessions
    .getByRole('button', { name: /^Sign out/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out there' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await there.goto(`${url()}/contacts`)
  await expect(there.getByRole('heading', { name: 'Sign in to Carillon' })).toBeVisible()
  await other.close()
})

test('another password lets in, the old one does not', async ({ page }) => {
  const next = 'another carillon demo'
  await signIn(page, `${url()}/account`, MANAGER)
  await page.getByLabel('Your present password').fill('wrong')
  await page.getByLabel('New password').fill(next)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('is not right')).toBeVisible()
  await page.getByLabel('Your present password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Password changed.')).toBeVisible()
  await signOut(page)
  await signIn(page, url(), MANAGER, next)
})
