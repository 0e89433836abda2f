/** What people do on many pages. */
import { expect, type Page } from '@playwright/test'
import { PASSWORD } from './server'

export async function signIn(page: Page, url: string, email: string, password = PASSWORD) {
  await page.goto(url)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeAttached()
}

/** An answer of the API to the signed-in browser, as JSON; an error when it is refused. */
export async function ask<T>(page: Page, method: string, path: string, data?: unknown): Promise<T> {
  const answer = await page.request.fetch(path, { method, data })
  if (!answer.ok()) throw new Error(`${method} ${path} was answered ${answer.status()}: ${await answer.text()}`)
  return answer.status() === 204 ? (undefined as T) : ((await answer.json()) as T)
}
