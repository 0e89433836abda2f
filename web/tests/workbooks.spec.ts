/** A list comes in an Excel workbook: the sheet is chosen, its rows are mapped by custom fields too, and imported. */
import { type ListFile, upload } from './support/lists'
import { ask, signIn } from './support/people'
import { ADMINISTRATOR } from './support/server'
import { demo, expect, test } from './support/story'
import { workbookOf } from './support/workbooks'

const url = demo()

const BOOK = workbookOf({
  Cover: [['Our members, by month']],
  December: [
    ['Phone', 'First name', 'Loyalty points'],
    ['(212) 555-0161', 'Ada', 1200],
  ],
  'January & on': [
    ['Phone', 'First name', 'Loyalty points', 'Seat'],
    ['(212) 555-0162', 'Grace', 40, 'A1'],
    ['(212) 555-0163', 'Radia', 'many', 'A2'],
    ['(212) 555-0164', 'Alan', 7, 'A3'],
  ],
})

function excel(name: string, buffer: Buffer): ListFile {
  return { name, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer }
}

test('a sheet of a workbook is chosen, its columns fill custom fields, and it is imported', async ({
  page,
}) => {
  await signIn(page, `${url()}/imports?list=new`, ADMINISTRATOR)
  const points = { key: 'points', label: 'Loyalty points', kind: 'integer' }
  await ask(page, 'POST', '/api/v1/custom-fields', points)
  await upload(page, excel('members.xlsx', BOOK))
  const columns = page.getByRole('table', { name: 'Columns of the list' })
  const sheet = page.getByRole('combobox', { name: 'Sheet of the workbook' })

  await test.step('the first sheet with rows is read, and another one is a choice away', async () => {
    await expect(sheet).toHaveValue('December')
    await expect(columns).toContainText('Ada')
    await sheet.click()
    await expect(page.getByRole('option')).toHaveText(['Cover', 'December', 'January & on'])
    await page.getByRole('option', { name: 'January & on' }).click()
    await expect(columns).toContainText('Grace · Radia · Alan')
    await expect(sheet).toHaveValue('January & on')
    await expect(page.getByText('3 rows', { exact: false })).toBeVisible()
  })

  const field = (column: string) => page.getByRole('combobox', { name: `Field for the column ${column}` })
  await test.step('custom fields are offered by label with what their values are, others by a name', async () => {
    await expect(field('Loyalty points')).toHaveValue('Loyalty points')
    await expect(field('Loyalty points')).toHaveAccessibleDescription('Whole number')
    await expect(field('Seat')).toHaveValue('Another custom field')
    await expect(page.getByRole('textbox', { name: 'Name of the custom field for Seat' })).toHaveValue('seat')
    await field('Seat').click()
    await page.getByRole('option', { name: 'Loyalty points' }).click()
    await expect(page.getByText('Another column has this field, too.', { exact: false })).toHaveCount(2)
    await field('Seat').click()
    await page.getByRole('option', { name: 'Another custom field' }).click()
  })

  await test.step('values are read by their definition, and the rest is imported', async () => {
    await page.getByRole('button', { name: 'Validate' }).click()
    const problem = page.getByRole('table', { name: 'Problems of the list' }).getByRole('row').nth(1)
    await expect(problem).toContainText('Loyalty points')
    await expect(problem).toContainText('many')
    await page.getByRole('button', { name: 'Import contacts' }).click()
    await expect(page.getByText('members.xlsx is imported')).toBeVisible()
    await page.goto(`${url()}/contacts?custom.points=40`)
    await page.getByRole('row').filter({ hasText: 'Grace' }).click()
    await expect(page.getByText('A1', { exact: true })).toBeVisible()
    await page.goto(`${url()}/contacts?q=2125550161`)
    await expect(page.getByText('Nothing fits this search.'), 'the other sheet stayed out').toBeVisible()
  })
})

test('a workbook that is cut off is refused in words', async ({ page }) => {
  await signIn(page, `${url()}/imports?list=new`, ADMINISTRATOR)
  await upload(page, excel('half.xlsx', BOOK.subarray(0, BOOK.length / 2)))
  await expect(page.getByRole('alert')).toContainText('half.xlsx was not taken')
  await expect(page.getByRole('button', { name: 'Choose CSV or Excel file' })).toBeEnabled()
})
