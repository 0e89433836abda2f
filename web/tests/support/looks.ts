/** The looks in which every page is looked at, and the taking of pictures into the folder that SHOTS_DIR names. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { test } from './story'

const FOLDER = process.env.SHOTS_DIR ?? 'test-results/shots'
/** For fonts and charts. Milliseconds. */
const SETTLE = 350
/** A page as long as its content; longer ones say nothing new. Pixels. */
const TALLEST = 3_000

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }

export const LOOKS = [
  { name: 'light-wide', colorScheme: 'light', viewport: WIDE, locale: 'en-US' },
  { name: 'dark-wide', colorScheme: 'dark', viewport: WIDE, locale: 'en-US' },
  { name: 'light-narrow', colorScheme: 'light', viewport: NARROW, locale: 'en-US' },
  { name: 'dark-narrow', colorScheme: 'dark', viewport: NARROW, locale: 'en-US' },
  { name: 'german-wide', colorScheme: 'light', viewport: WIDE, locale: 'de-DE' },
  { name: 'german-narrow', colorScheme: 'light', viewport: NARROW, locale: 'de-DE' },
] as const

export type Look = (typeof LOOKS)[number]
/** Takes a picture of the page as it is now; a window over the page is taken as far as it is seen. */
export type Take = (name: string, inSight?: 'whole' | 'inSight') => Promise<void>

/** Tells one story in each look. */
export function inEachLook(story: (page: Page, take: Take, look: Look) => Promise<void>) {
  for (const look of LOOKS) {
    const { name, ...use } = look
    test.describe(name, () => {
      test.use(use)
      test('is looked at', async ({ page }) => {
        test.setTimeout(600_000)
        await story(page, picturesOf(page, name), look)
      })
    })
  }
}

function picturesOf(page: Page, look: string): Take {
  return async (name, part = 'whole') => {
    await page.mouse.move(0, 0)
    await page.waitForTimeout(SETTLE)
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.screenshot({
      path: join(FOLDER, `${name}-${look}.png`),
      animations: 'disabled',
      fullPage: part === 'whole' && height <= TALLEST,
    })
  }
}
