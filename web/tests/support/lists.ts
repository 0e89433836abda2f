/** Lists as people bring them and take them home. */
import type { Page } from '@playwright/test'

/** A file as a browser knows it. */
export type ListFile = { name: string; mimeType: string; buffer: Buffer }

export function csv(name: string, text: string): ListFile {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text) }
}

export async function upload(page: Page, file: ListFile) {
  await page.locator('input[type=file]').setInputFiles(file)
}

/** What comes down by a click, as text. */
export async function downloaded(page: Page, click: () => Promise<void>): Promise<string> {
  const coming = page.waitForEvent('download')
  await click()
  const file = await (await coming).createReadStream()
  return (await file.toArray()).map(String).join('')
}
