// Pictures of every page: `npm run shots`, with SHOTS_DIR naming the folder. They are looked at, not compared.
import { defineConfig } from '@playwright/test'
import stories from './playwright.config'

export default defineConfig(stories, { testMatch: '*.shots.ts' })
