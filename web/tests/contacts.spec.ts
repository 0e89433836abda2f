/** The contact book: a person is added, found, changed and deleted. */
import { ask, expectWrong, signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

test('a contact is added, mended where it was wrong, found, changed and deleted', async ({ page }) => {
  await signIn(page, `${url()}/contacts`, MANAGER)
  await page.getByRole('button', { name: 'New contact' }).click()
  const form = page.getByRole('dialog', { name: 'New contact' })
  await form.getByLabel('First name').fill('Mary')
  await form.getByLabel('Last name').fill('Somerville')
  await form.getByLabel('Phone').fill('12')
  await form.getByLabel('Email').fill('mary@example')

  await test.step('what is wrong stands beside the fields, and what was typed stays', async () => {
    await form.getByRole('button', { name: 'Add contact' }).click()
    await expectWrong(form.getByLabel('Phone'))
    await expect(form.getByText('must look like ann@example.com')).toBeVisible()
    await expect(form.getByLabel('First name')).toHaveValue('Mary')
  })

  await form.getByLabel('Phone').fill('(202) 555-0187')
  await form.getByLabel('Email').fill('mary@example.com')
  await form.getByRole('button', { name: 'Add a field' }).click()
  await form.getByLabel('Field', { exact: true }).fill('plan')
  await form.getByLabel('Value of plan').fill('gold')
  await form.getByRole('button', { name: 'Add contact' }).click()
  await expect(form).toHaveCount(0)

  await test.step('the search is in the address', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('somerv')
    await expect(page).toHaveURL(/q=somerv/)
    await expect(page.getByRole('table', { name: 'Contacts' }).getByRole('row')).toHaveCount(2)
    await page.reload()
    await expect(page.getByText('+1 202 555 0187')).toBeVisible()
  })

  await page.getByText('Mary Somerville').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Mary Somerville' })).toBeVisible()
  await expect(page.getByText('gold')).toBeVisible()
  await expect(page.getByText('No campaign has called this contact yet.')).toBeVisible()

  await test.step('a change keeps what was not touched', async () => {
    await page.getByRole('button', { name: 'Edit contact' }).click()
    const edit = page.getByRole('dialog', { name: 'Edit contact' })
    await edit.getByLabel('Last name').fill('Fairfax')
    await edit.getByRole('button', { name: 'Save contact' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Mary Fairfax' })).toBeVisible()
    await expect(page.getByText('gold')).toBeVisible()
  })

  await test.step('deleting says what stays, and nothing is deleted by closing', async () => {
    await page.getByRole('main').getByRole('button', { name: 'Delete contact' }).click()
    const question = page.getByRole('dialog', { name: 'Delete Mary Fairfax?' })
    await expect(question).toContainText('The history of calls stays')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { level: 1, name: 'Mary Fairfax' })).toBeVisible()
    await page.getByRole('main').getByRole('button', { name: 'Delete contact' }).click()
    await question.getByRole('button', { name: 'Delete contact' }).click()
    await expect(page).toHaveURL(/\/contacts$/)
    await page.goto(`${url()}/contacts?q=fairfax`)
    await expect(page.getByText('Nothing fits this search.')).toBeVisible()
  })
})

test('two people who edit the same contact are told, and nothing is lost', async ({ page, context }) => {
  await signIn(page, `${url()}/contacts`, MANAGER)
  await page.getByRole('row').filter({ hasText: '+1' }).first().click()
  await page.getByRole('button', { name: 'Edit contact' }).click()
  const mine = page.getByRole('dialog', { name: 'Edit contact' })
  await mine.getByLabel('Company').fill('Mine')

  const other = await context.newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: 'Edit contact' }).click()
  const theirs = other.getByRole('dialog', { name: 'Edit contact' })
  await theirs.getByLabel('Notes').fill('Call after lunch')
  await theirs.getByRole('button', { name: 'Save contact' }).click()
  await expect(theirs).toHaveCount(0)

  await mine.getByRole('button', { name: 'Save contact' }).click()
  await expect(mine.getByRole('alert')).toContainText('Somebody else changed this meanwhile')
  await expect(mine.getByLabel('Company')).toHaveValue('Mine')
  await mine.getByRole('button', { name: 'Load the newer version' }).click()
  await expect(mine.getByLabel('Notes')).toHaveValue('Call after lunch')
  await mine.getByLabel('Company').fill('Mine')
  await mine.getByRole('button', { name: 'Save contact' }).click()
  await expect(mine).toHaveCount(0)
  await expect(page.getByText('Call after lunch')).toBeVisible()
})

test('the calls to a contact lead to the campaign that placed them', async ({ page }) => {
  await signIn(page, `${url()}/campaigns`, MANAGER)
  type Listed = { items: { id: string; contact_id?: string; status?: string }[] }
  const campaigns = await ask<Listed>(page, 'GET', '/api/v1/campaigns')
  const ran = campaigns.items.find(campaign => campaign.status !== 'draft')
  const reached = `/api/v1/campaigns/${ran?.id}/recipients?state=completed&limit=1`
  await expect.poll(async () => (await ask<Listed>(page, 'GET', reached)).items.length).toBe(1)
  const [person] = (await ask<Listed>(page, 'GET', reached)).items
  await page.goto(`${url()}/contacts/${person?.contact_id}`)
  const calls = page.getByRole('table', { name: 'Call history' })
  await expect(calls.getByRole('row').nth(1)).toContainText('Answered')
  await calls.getByRole('row').nth(1).getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/campaigns/${ran?.id}`))
})

test('tags are counted, merged and deleted, and the do-not-call list is not shortened by it', async ({
  page,
}) => {
  await signIn(page, `${url()}/contacts`, MANAGER)
  const people = [
    { phone: '+12125550181', tags: ['red'] },
    { phone: '+12125550182', tags: ['crimson'] },
    { phone: '+12125550183', tags: ['DNC'] },
  ]
  for (const person of people) await ask(page, 'POST', '/api/v1/contacts', person)
  await page.getByRole('button', { name: 'Tags', exact: true }).click()
  const tags = page.getByRole('table', { name: 'Tags' })
  await tags.getByRole('button', { name: 'Rename crimson' }).click()
  const renaming = page.getByRole('dialog', { name: 'Rename “crimson”' })
  await renaming.getByLabel('New name').fill('Red')
  await expect(renaming).toContainText('the two become one')
  await renaming.getByRole('button', { name: 'Merge tags' }).click()
  await expect(tags.getByRole('row').filter({ hasText: 'red' })).toContainText('2')
  await tags.getByRole('button', { name: 'Delete dnc' }).click()
  const question = page.getByRole('dialog', { name: 'Delete the tag “dnc”?' })
  await expect(question).toContainText('do-not-call list by it stay there')
  await question.getByRole('button', { name: 'Delete tag' }).click()
  await expect(tags.getByText('dnc')).toHaveCount(0)
  await tags.getByRole('button', { name: 'Show contacts tagged red' }).click()
  await expect(page).toHaveURL(/tag=red/)
  await expect(page.getByRole('table', { name: 'Contacts' }).getByRole('row')).toHaveCount(3)
  await page.goto(`${url()}/do-not-call?q=5550183`)
  await expect(page.getByText('+1 212 555 0183')).toBeVisible()
})

test('markup in a name is text everywhere', async ({ page }) => {
  await signIn(page, `${url()}/contacts`, MANAGER)
  const name = '<img src=x onerror="document.title=\'broken\'"> Smith'
  await page.getByRole('button', { name: 'New contact' }).click()
  const form = page.getByRole('dialog', { name: 'New contact' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Phone').fill('+12025550188')
  await form.getByRole('button', { name: 'Add contact' }).click()
  await page.getByRole('row').filter({ hasText: 'onerror' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(page).toHaveTitle(/<img src=x/)
})
