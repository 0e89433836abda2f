/** Stories: no page of a story may throw, whatever else it shows; and one demo for all stories of a file. */
import { test as base, expect } from '@playwright/test'
import { type Running, type Settings, startDemo } from './server'

export { expect }

export const test = base.extend<{ quiet: undefined }>({
  quiet: [
    async ({ context }, use) => {
      const thrown: string[] = []
      context.on('weberror', error => thrown.push(String(error.error())))
      await use(undefined)
      expect(thrown, 'a page threw').toEqual([])
    },
    { auto: true },
  ],
})

/** Starts a demo before the first story of a file, once its settings are known; tells its address. */
export function demo(contacts = 12, settings?: () => Promise<Settings>): () => string {
  let running: Running | undefined
  test.beforeAll(async () => {
    running = await startDemo(contacts, await settings?.())
  })
  test.afterAll(async () => {
    await running?.end()
  })
  return () => running?.url ?? ''
}
