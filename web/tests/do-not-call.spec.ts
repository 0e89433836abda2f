/** The do-not-call list: managers add, administrators take off, and both say why. */
import { expectWrong, signIn, signOut } from './support/people'
import { ADMINISTRATOR, MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

test('a manager adds a number, and only an administrator takes it off', async ({ page }) => {
  await signIn(page, `${url()}/do-not-call`, MANAGER)
  await page.getByRole('button', { name: 'Add number' }).first().click()
  const form = page.getByRole('dialog', { name: 'Add a number to the do-not-call list' })
  await form.getByLabel('Phone').fill('202 555 0143')
  await form.getByRole('button', { name: 'Add number' }).click()
  await expectWrong(form.getByLabel('Reason'))
  await form.getByLabel('Reason').fill('Asked by email')
  await form.getByRole('button', { name: 'Add number' }).click()
  await expect(form).toHaveCount(0)
  const row = page.getByRole('row').filter({ hasText: '+1 202 555 0143' })
  await expect(row).toContainText('Asked by email')
  await expect(row).toContainText('Entered by hand')
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0)

  await signOut(page)
  await signIn(page, `${url()}/do-not-call?q=0143`, ADMINISTRATOR)
  await page.getByRole('button', { name: 'Remove +1 202 555 0143' }).click()
  const question = page.getByRole('dialog', { name: /^Remove \+1 202 555 0143/ })
  await expect(question).toContainText('Campaigns may call it again at once.')
  await question.getByLabel('Reason').fill('Was a mistake')
  await question.getByRole('button', { name: 'Remove number' }).click()
  await expect(page.getByText('Nothing fits this search.')).toBeVisible()
})

test('a contact tagged DNC is on the list', async ({ page }) => {
  await signIn(page, `${url()}/contacts`, MANAGER)
  await page.getByRole('button', { name: 'New contact' }).click()
  const form = page.getByRole('dialog', { name: 'New contact' })
  await form.getByLabel('Phone').fill('+12025550144')
  await form.getByRole('combobox', { name: 'Tags' }).fill('DNC')
  await form.getByRole('combobox', { name: 'Tags' }).press('Enter')
  await form.getByRole('button', { name: 'Add contact' }).click()
  await expect(form).toHaveCount(0)
  await page.getByRole('link', { name: 'Do not call' }).click()
  await expect(page.getByRole('row').filter({ hasText: '+1 202 555 0144' })).toContainText(
    'Contact tagged DNC',
  )
})
