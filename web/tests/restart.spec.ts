/** The server dies under an open live page, and comes back. */
import { ask, signIn } from './support/people'
import { Installation, type Running } from './support/server'
import { expect, test } from './support/story'

const ADMINISTRATOR = 'ada@example.com'
const PASSWORD = 'a long enough password'

let installation: Installation
let server: Running

test.beforeAll(async () => {
  installation = await Installation.make()
  installation.run(['organization', 'create', 'Example'])
  installation.run(
    ['user', 'create', '--email', ADMINISTRATOR, '--role', 'admin', '--password-stdin'],
    `${PASSWORD}\n`,
  )
  server = await installation.serve()
})

test.afterAll(async () => {
  await server?.kill()
  await installation?.end()
})

test('a live page says that the connection is lost, and goes on by itself when the server is back', async ({
  page,
}) => {
  await signIn(page, installation.url, ADMINISTRATOR, PASSWORD)
  const { id } = await ask<{ id: string; version: number }>(page, 'POST', '/api/v1/campaigns', {
    name: 'Under way',
  })
  await page.goto(`${installation.url}/campaigns/${id}`)
  await expect(page.getByText('As of now')).toBeVisible()
  await server.kill()
  await expect(page.getByText('Connection lost.', { exact: false })).toBeVisible()
  server = await installation.serve()
  await expect(page.getByText('Connection lost.', { exact: false })).toHaveCount(0, { timeout: 20_000 })
  await ask(page, 'PATCH', `/api/v1/campaigns/${id}`, { version: 1, name: 'Still under way' })
  await expect(page.getByRole('heading', { level: 1, name: 'Still under way' })).toBeVisible()
})
