// Stories in a real browser, each file against a program of its own.
import { defineConfig } from '@playwright/test'

/** Debian's browser; `scripts/web.sh` says where it is. */
const BROWSER = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: 'tests',
  testMatch: '*.spec.ts',
  // Two cores: one browser and one program at a time.
  workers: 1,
  // A story that passes only the second time is named as flaky at the end, and is to be mended.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'America/New_York',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: BROWSER, args: ['--no-sandbox', '--disable-dev-shm-usage'] },
  },
})
