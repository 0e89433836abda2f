/** "Add from Contacts": the contact book's filters narrow it in the wizard, and all that match join the campaign. */
import { ask, signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

test('people are found by a filter in the wizard, and all of them join the campaign', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  for (const [digit, plan, tag] of [
    ['1', 'gold', 'renewal'],
    ['2', 'gold', 'renewal'],
    ['3', 'silver', 'renewal'],
    ['4', 'gold', 'other'],
  ] as const) {
    const person = { phone: `+1212555018${digit}`, name: `Member ${digit}`, tags: [tag], custom: { plan } }
    await ask(page, 'POST', '/api/v1/contacts', person)
  }
  await ask(page, 'POST', '/api/v1/contact-filters', {
    name: 'Renewals in gold',
    is_shared: false,
    filter: { tag: 'renewal', custom: { plan: 'gold' } },
  })
  const { id } = await ask<{ id: string }>(page, 'POST', '/api/v1/campaigns', { name: 'Gold renewals' })
  await page.goto(`${url()}/campaigns/${id}/edit?step=contacts`)
  await page.getByRole('button', { name: 'Add from Contacts' }).click()
  const book = page.getByRole('table', { name: 'Add from Contacts' })
  const people = book.getByRole('row').filter({ hasText: 'Member' })

  await test.step('conditions of the contact book are set in its window, each with a chip', async () => {
    await page.getByRole('button', { name: 'Filters', exact: true }).click()
    await page.getByRole('combobox', { name: 'Tag' }).fill('renewal')
    await page.getByRole('combobox', { name: 'Last called' }).click()
    await page.getByRole('option', { name: 'Never', exact: true }).click()
    await page.getByRole('button', { name: 'Show contacts', exact: true }).click()
    await expect(people).toHaveCount(3)
    await expect(page).toHaveURL(/tag=renewal/)
    await page.reload()
    await expect(page.getByRole('button', { name: 'Remove the filter: Never called' })).toBeVisible()
    await page.getByRole('button', { name: 'Remove the filter: Tag: renewal' }).click()
    await expect(people).toHaveCount(4)
  })

  await test.step('a saved filter is chosen, and who is chosen by hand joins', async () => {
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('menuitem', { name: 'Renewals in gold', exact: true }).click()
    await expect(people).toHaveCount(2)
    await page.getByRole('checkbox', { name: 'Choose Member 1' }).check()
    await page.getByRole('button', { name: 'Add 1 selected' }).click()
    await expect(page.getByText('1 person added.')).toBeVisible()
  })

  await test.step('all that match join, and the question says what matches', async () => {
    await page.getByRole('button', { name: 'Add all that match' }).click()
    const question = page.getByRole('dialog', { name: 'Add all that match?' })
    await expect(question).toContainText('fits Tag: renewal, plan: gold')
    await question.getByRole('button', { name: 'Add all that match' }).click()
    await expect(page.getByText('1 person added. 1 was in the campaign already.')).toBeVisible()
  })
  const { total } = await ask<{ total: number }>(page, 'GET', `/api/v1/campaigns/${id}/progress`)
  expect(total).toBe(2)
  await expect(page.getByRole('table', { name: 'In this campaign' }).getByRole('row')).toHaveCount(3)
})
