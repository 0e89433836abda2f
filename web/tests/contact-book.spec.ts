/** The contact book in use: filtered, a filter kept, many changed at once; a custom field made and used; two become one. */
import { ask, signIn } from './support/people'
import { ADMINISTRATOR, MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

test('people are filtered, the filter is kept, and all of them are tagged', async ({ page }) => {
  await signIn(page, `${url()}/contacts`, MANAGER)
  for (const [digit, plan] of [
    ['1', 'gold'],
    ['2', 'gold'],
    ['3', 'silver'],
  ]) {
    const person = { phone: `+1212555017${digit}`, name: `Person ${digit}`, custom: { plan } }
    await ask(page, 'POST', '/api/v1/contacts', person)
  }
  const people = page.getByRole('table', { name: 'Contacts' }).getByRole('row')

  await test.step('the filter is in the address, with a chip', async () => {
    await page.getByRole('button', { name: 'Filters', exact: true }).click()
    await page.getByRole('button', { name: 'One more field' }).click()
    await page.getByRole('combobox', { name: 'Field' }).fill('plan')
    await page.getByLabel('Value', { exact: true }).fill('gold')
    await page.getByRole('button', { name: 'Show contacts', exact: true }).click()
    await expect(page).toHaveURL(/custom\.plan=gold/)
    await expect(people).toHaveCount(3)
  })

  await test.step('it is kept under a name, and found again', async () => {
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('menuitem', { name: 'Save these filters…' }).click()
    const saving = page.getByRole('dialog', { name: 'Save filters' })
    await saving.getByLabel('Name').fill('Gold plan')
    await saving.getByRole('button', { name: 'Save filters' }).click()
    await expect(saving).toHaveCount(0)
    await page.getByRole('button', { name: 'Remove the filter: plan: gold' }).click()
    await expect(page).not.toHaveURL(/custom/)
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('menuitem', { name: 'Gold plan', exact: true }).click()
    await expect(people).toHaveCount(3)
  })

  await test.step('rows are chosen by the space bar, and a range with shift', async () => {
    await people.nth(1).focus()
    await page.keyboard.press('Space')
    await people.nth(2).focus()
    await page.keyboard.press('Shift+Space')
    await expect(page.getByText('2 chosen')).toBeVisible()
  })

  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  const tagging = page.getByRole('dialog', { name: 'Tag contacts' })
  await expect(tagging).toContainText('2 contacts get the tag.')
  await tagging.getByRole('combobox', { name: 'Tag' }).fill('renewal')
  await tagging.getByRole('button', { name: 'Tag 2 contacts' }).click()
  await expect(tagging).toContainText('2 contacts changed')
  await tagging.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.goto(`${url()}/contacts?tag=renewal`)
  await expect(people).toHaveCount(3)
})

test('a custom field is defined, then filled by everybody who adds a contact', async ({ page }) => {
  await signIn(page, `${url()}/admin/custom-fields`, ADMINISTRATOR)
  await page.getByRole('button', { name: 'New field' }).first().click()
  const defining = page.getByRole('dialog', { name: 'New custom field' })
  await defining.getByLabel('Label').fill('Shoe size')
  await defining.getByRole('combobox', { name: 'What its values are' }).click()
  await page.getByRole('option', { name: 'Whole number' }).click()
  await expect(defining).toContainText('For example: 1200')
  await defining.getByLabel('Required').check()
  await defining.getByRole('button', { name: 'Add field' }).click()
  await expect(page.getByRole('list', { name: 'Custom fields' })).toContainText('shoe_size')

  await page.goto(`${url()}/contacts`)
  await page.getByRole('button', { name: 'New contact' }).click()
  const adding = page.getByRole('dialog', { name: 'New contact' })
  await adding.getByLabel('Name', { exact: true }).fill('Caroline Herschel')
  await adding.getByLabel('Phone').fill('+12125550179')
  await adding.getByLabel('Shoe size').fill('large')
  await adding.getByRole('button', { name: 'Add contact' }).click()
  await expect(adding.getByText('must be a whole number')).toBeVisible()
  await adding.getByLabel('Shoe size').fill('38')
  await adding.getByRole('button', { name: 'Add contact' }).click()
  await expect(adding).toHaveCount(0)
  await page.getByRole('row').filter({ hasText: 'Caroline Herschel' }).click()
  await expect(page.getByText('Shoe size')).toBeVisible()
  await expect(page.getByText('38', { exact: true })).toBeVisible()
})

test('two contacts turn out to be one person', async ({ page }) => {
  await signIn(page, `${url()}/contacts`, MANAGER)
  const email = 'ada@example.com'
  // Asked of everybody who is added by hand since the story before this one.
  const custom = { shoe_size: 38 }
  // Two after the other: the first is the older one.
  await ask(page, 'POST', '/api/v1/contacts', { phone: '+12125550174', name: 'Ada King', email, custom })
  await ask(page, 'POST', '/api/v1/contacts', {
    phone: '+12125550175',
    name: 'Ada Lovelace',
    email: 'Ada@example.com',
    company: 'Analytical Engines',
    custom,
  })
  await page.getByRole('link', { name: 'Duplicates' }).click()
  await page.getByRole('row').filter({ hasText: 'Ada King' }).click()
  const group = page.getByRole('dialog', { name: 'Are they the same person?' })
  await expect(group.getByLabel('Ada King stays')).toBeChecked()
  await group.getByLabel('Name: Ada Lovelace').check()
  await expect(group).toContainText('Other number: +1 212 555 0175')
  await group.getByRole('button', { name: 'Merge contacts' }).click()
  const question = page.getByRole('dialog', { name: 'Merge 2 contacts into Ada Lovelace?' })
  await expect(question).toContainText('This cannot be undone.')
  await question.getByRole('button', { name: 'Merge contacts' }).click()
  await expect(group).toHaveCount(0)
  await page.goto(`${url()}/contacts?q=2125550174`)
  await expect(page.getByRole('table', { name: 'Contacts' }).getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('row').filter({ hasText: 'Ada Lovelace' })).toContainText('+1 212 555 0174')
})
