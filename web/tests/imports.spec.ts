/** A list comes into the contact book: uploaded, mapped, looked at, imported; its rejects are taken home, and it is undone. */
import { csv, downloaded, upload } from './support/lists'
import { signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

const LIST = [
  'Nummer;First name;Wohnort;Plan',
  '(212) 555-0151;Ada;London;gold',
  '(212) 555-0152;Grace;Arlington;silver',
  '(212) 555-0152;Grace;Twice;silver',
  '555;Nobody;Nowhere;none',
].join('\n')

test('a list is mapped, looked at, imported, its rejects are downloaded, and it is undone', async ({
  page,
}) => {
  await signIn(page, `${url()}/imports`, MANAGER)
  await expect(page.getByText('No list was imported yet')).toBeVisible()
  await page.getByRole('button', { name: 'Import a list' }).first().click()
  await upload(page, csv('members.csv', LIST))
  await expect(page.getByText('Columns of the list')).toBeVisible()

  const field = (column: string) => page.getByRole('combobox', { name: `Field for the column ${column}` })
  await test.step('without a column of numbers nothing can be looked at', async () => {
    await field('Nummer').click()
    await page.getByRole('option', { name: 'Leave out' }).click()
    await expect(page.getByText('Choose the column that holds the phone numbers.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Validate' })).toBeDisabled()
    await field('Nummer').click()
    await page.getByRole('option', { name: 'Phone' }).click()
    await field('Wohnort').click()
    await page.getByRole('option', { name: 'Leave out' }).click()
  })

  await page.getByRole('button', { name: 'Validate' }).click()
  await test.step('what is wrong is told by row, before anything is imported', async () => {
    const holds = page.getByRole('region', { name: 'What the list holds' })
    await expect(holds.getByRole('listitem').filter({ hasText: /\d valid/ })).toContainText('2')
    await expect(holds.getByRole('listitem').filter({ hasText: 'twice in the list' })).toContainText('1')
    const problem = page.getByRole('table', { name: 'Problems of the list' }).getByRole('row').nth(1)
    await expect(problem).toContainText('555')
    await expect(problem).toContainText('Nummer')
  })

  await page.getByRole('button', { name: 'Import contacts' }).click()
  await expect(page.getByText('members.csv is imported')).toBeVisible()
  const rejects = await downloaded(page, () =>
    page.getByRole('link', { name: 'Download the rejected rows with reasons' }).click(),
  )
  expect(rejects).toContain('Nobody')
  expect(rejects).not.toContain('Ada')

  await test.step('the people are in the book, with what was mapped and nothing else', async () => {
    await page.goto(`${url()}/contacts?q=5550151`)
    await page.getByRole('row').filter({ hasText: 'Ada' }).click()
    await expect(page.getByText('gold')).toBeVisible()
    await expect(page.getByText('London')).toHaveCount(0)
  })

  await test.step('undoing names its consequence and takes them out again', async () => {
    await page.goto(`${url()}/imports`)
    await page.getByRole('button', { name: 'What can be done with members.csv' }).click()
    await page.getByRole('menuitem', { name: 'Undo import' }).click()
    const question = page.getByRole('dialog', { name: 'Undo the import of members.csv?' })
    await expect(question).toContainText('2 contacts leave the contact book.')
    await question.getByRole('button', { name: 'Undo import' }).click()
    await expect(page.getByText('Undone: 2 contacts removed')).toBeVisible()
    await page.goto(`${url()}/contacts?q=5550151`)
    await expect(page.getByText('Nothing fits this search.')).toBeVisible()
  })
})

test('a file that is no list is refused in words, and another one can be chosen', async ({ page }) => {
  await signIn(page, `${url()}/imports?list=new`, MANAGER)
  await upload(page, csv('empty.csv', ''))
  await expect(page.getByRole('alert')).toContainText('empty.csv was not taken')
  await expect(page.getByRole('button', { name: 'Choose CSV or Excel file' })).toBeEnabled()
})
