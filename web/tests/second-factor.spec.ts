/** A second factor: set up with an app, asked for at the sign-in, replaced by a recovery code once, and switched off again. */
import type { Page } from '@playwright/test'
import { signOut } from './support/people'
import { MANAGER, PASSWORD } from './support/server'
import { demo, expect, test } from './support/story'
import { codeOf } from './support/totp'

const url = demo()

const codeField = (page: Page) => page.getByLabel('Code from your authenticator app, or a recovery code')

/** The password is right; what comes then is the story's. */
async function beginSignIn(page: Page) {
  await page.goto(`${url()}/account`)
  await page.getByLabel('Email').fill(MANAGER)
  await page.getByLabel(/^Password/).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function enter(page: Page, code: string) {
  await codeField(page).fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('a second factor is set up, asked for, saved by a recovery code once, and switched off', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await beginSignIn(page)
  await page.getByRole('button', { name: 'Set up second factor' }).click()
  const setUp = page.getByRole('dialog', { name: 'Set up second factor' })
  await setUp.getByLabel('Your present password').fill('not my password')
  await setUp.getByRole('button', { name: 'Next' }).click()
  await expect(setUp.getByText('is not right')).toBeVisible()
  await setUp.getByLabel('Your present password').fill(PASSWORD)
  await setUp.getByRole('button', { name: 'Next' }).click()
  const secret = (await setUp.getByRole('code').textContent()) ?? ''
  await expect(setUp.getByRole('img', { name: 'Picture for the authenticator app' })).toBeVisible()

  await test.step('nothing is switched on by a wrong code', async () => {
    await expect(setUp.getByLabel('Code that the app shows now')).toBeFocused()
    await setUp.getByLabel('Code that the app shows now').fill('000000')
    await setUp.getByRole('button', { name: 'Switch on' }).click()
    await expect(setUp.getByRole('alert')).toBeVisible()
  })

  const first = codeOf(secret)
  await setUp.getByLabel('Code that the app shows now').fill(first)
  await setUp.getByRole('button', { name: 'Switch on' }).click()
  const shown = page.getByRole('dialog', { name: 'Your recovery codes' })
  const codes = await shown
    .getByRole('list', { name: 'Your recovery codes' })
    .getByRole('listitem')
    .allTextContents()
  expect(codes.length).toBeGreaterThanOrEqual(8)
  await page.keyboard.press('Escape')
  await expect(shown, 'shown once: a slip must not close them').toBeVisible()
  await shown.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText(`${codes.length} recovery codes left.`)).toBeVisible()
  const [saving = '', last = ''] = codes
  expect(await page.content()).not.toContain(saving)

  await test.step('the password alone lets nobody in, nor does a code that was used', async () => {
    await signOut(page)
    await beginSignIn(page)
    await expect(codeField(page)).toBeFocused()
    await enter(page, first)
    await expect(page.getByRole('alert')).toContainText('The code is not right, or it was used already')
    await enter(page, codeOf(secret, 1))
    await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible()
  })

  await test.step('a recovery code lets in once', async () => {
    await signOut(page)
    await beginSignIn(page)
    await enter(page, saving)
    await expect(page.getByText(`${codes.length - 1} recovery codes left.`)).toBeVisible()
    await signOut(page)
    await beginSignIn(page)
    await enter(page, saving)
    await expect(page.getByRole('alert')).toContainText('The code is not right, or it was used already')
    await enter(page, last)
    await expect(page.getByText(`${codes.length - 2} recovery codes left.`)).toBeVisible()
  })

  await test.step('switching it off asks for password and code, and names the consequence', async () => {
    await page.getByRole('button', { name: 'Switch off' }).click()
    const off = page.getByRole('dialog', { name: 'Switch the second factor off?' })
    await expect(off).toContainText('From then on your password alone lets you in')
    await off.getByLabel(/^Password/).fill(PASSWORD)
    await off.getByLabel('Code from your authenticator app').fill(codes[2] ?? '')
    await off.getByRole('button', { name: 'Switch off' }).click()
    await expect(off).toHaveCount(0)
    await signOut(page)
    await beginSignIn(page)
    await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible()
  })
})
