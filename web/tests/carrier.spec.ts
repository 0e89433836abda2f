/** An administrator sets the carrier up: enters the account, is told what is wrong, and checks that it works. */
import { expectWrong, signIn } from './support/people'
import { Installation, type Running } from './support/server'
import { expect, test } from './support/story'

const EMAIL = 'ada@acme.example'
const PASSWORD = 'first of all people'
/** The account that the simulated carrier knows. */
const ACCOUNT = {
  sid: 'AC00000000000000000000000000000001',
  token: 'simulated-auth-token',
  number: '+12025550100',
}

let installation: Installation
let server: Running

test.beforeAll(async () => {
  installation = await Installation.make()
  installation.run(['organization', 'create', 'Acme'])
  installation.run(['user', 'create', '--email', EMAIL, '--role', 'admin', '--password-stdin'], PASSWORD)
  server = await installation.serve()
})
test.afterAll(async () => {
  await server?.kill()
  await installation?.end()
})

test('an administrator sets the carrier up', async ({ page }) => {
  await signIn(page, `${server.url}/admin/carrier`, EMAIL, PASSWORD)
  await expect(page.getByText('Enter the account first.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeDisabled()

  await page.getByLabel('Account SID').fill(ACCOUNT.sid)
  await page.getByLabel('Auth token').fill('not the token')
  await page.getByRole('combobox', { name: 'Caller numbers' }).fill('12')
  await page.getByRole('combobox', { name: 'Caller numbers' }).press('Enter')
  await page.getByRole('button', { name: 'Save account' }).click()
  await expectWrong(page.getByLabel('Auth token'))
  await expect(page.getByText(/^12: /)).toBeVisible()

  await test.step('a wrong token is found by the check', async () => {
    await page.getByRole('combobox', { name: 'Caller numbers' }).press('Backspace')
    await page.getByRole('combobox', { name: 'Caller numbers' }).fill('+1 (202) 555-0100')
    await page.getByRole('combobox', { name: 'Caller numbers' }).press('Enter')
    await page.getByLabel('Auth token').fill('wrong')
    await page.getByRole('button', { name: 'Save account' }).click()
    await expect(page.getByText('Account saved.')).toBeVisible()
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(page.getByText('Campaigns cannot call yet:')).toBeVisible()
    await expect(page.getByText('Credentials: failed')).toBeVisible()
  })

  await test.step('the right one works, and is never shown', async () => {
    await page.getByLabel('Auth token').fill(ACCOUNT.token)
    await page.getByRole('button', { name: 'Save account' }).click()
    await expect(page.getByLabel('Auth token')).toHaveValue('')
    await expect(page.getByLabel('Auth token')).toHaveAttribute('placeholder', /Is set/)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(page.getByText('Campaigns can call.')).toBeVisible()
    await expect(page.getByText('Webhooks: all is well')).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Account SID')).toHaveValue(ACCOUNT.sid)
    expect(await page.content()).not.toContain(ACCOUNT.token)
  })

  await test.step('settings take new limits and say what is wrong with them', async () => {
    await page.getByRole('link', { name: 'Campaign settings' }).click()
    await expect(page.getByLabel('Max Concurrent Campaigns')).toHaveValue('10')
    await expect(page.getByLabel('Max Concurrent Calls')).toHaveValue('100')
    await page.getByLabel('Max Concurrent Calls').fill('200000')
    await page.getByRole('button', { name: 'Save settings' }).click()
    await expect(page.getByText('must be between 1 and 100000')).toBeVisible()
    await page.getByLabel('Max Concurrent Calls').fill('40')
    await page.getByRole('button', { name: 'Save settings' }).click()
    await expect(page.getByText('Settings saved.')).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Max Concurrent Calls')).toHaveValue('40')
  })
})
