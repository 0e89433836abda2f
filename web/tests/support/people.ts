/** What people do on many pages. */
import { expect, type Locator, type Page } from '@playwright/test'
import { PASSWORD } from './server'

const EMAIL = /^E-?Mail/i
const SECRET = /^(Password|Passwort)( \*)?$/
const ENTER = /^(Sign in|Anmelden)$/

/** In either language of the pages. */
export async function signIn(page: Page, url: string, email: string, password = PASSWORD) {
  await page.goto(url)
  await page.getByLabel(EMAIL).fill(email)
  await page.getByLabel(SECRET).fill(password)
  await page.getByRole('button', { name: ENTER }).click()
  await expect(page.getByRole('navigation', { name: /^(Main navigation|Hauptnavigation)$/ })).toBeAttached()
}

export async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Your account and appearance' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Carillon' })).toBeVisible()
}

/**
 * An answer of the API to the signed-in browser, as JSON; an error when it is refused. Asked from the open page, since
 * a change by cookie is taken from the server's own pages alone.
 */
export async function ask<T>(page: Page, method: string, path: string, data?: unknown): Promise<T> {
  const body = data === undefined ? undefined : JSON.stringify(data)
  const answer = await page.evaluate(
    async ([method, path, body]) => {
      const headers = body === undefined ? undefined : { 'content-type': 'application/json' }
      const response = await fetch(path, { method, headers, body })
      return { status: response.status, text: await response.text() }
    },
    [method, path, body] as const,
  )
  if (answer.status >= 400) throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.text}`)
  return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T
}

/** A field that is marked as wrong, with words that say why. */
export async function expectWrong(field: Locator) {
  await expect(field).toHaveAttribute('aria-describedby', /-error/)
}
