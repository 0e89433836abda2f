/** A list that spreadsheets damaged: what is mended is shown, proposals are accepted, the rest is taken home, and all of it is undone. */
import type { Page } from '@playwright/test'
import { csv, downloaded, upload } from './support/lists'
import { signIn } from './support/people'
import { MANAGER } from './support/server'
import { demo, expect, test } from './support/story'

const url = demo()

/** Sound rows say what the columns are like; the damaged ones stand on the lines 12 to 17. */
const SOUND = Array.from({ length: 10 }, (_, n) => `Sound ${n},+1202555010${n},20001`)
const LIST = [
  'Name,Phone,Zip',
  ...SOUND,
  'Ann,12025550143,2134',
  'Bob,1.2025550144E+10,',
  'Cid,1.20256E+10,',
  'Dan,447911123456,',
  'Lee, Eve,2025550145,20001',
  'Fay,"202-555-0146; 202-555-0147",',
].join('\n')

/** A table's row by the line of the list that it is about. */
function line(page: Page, table: string, row: number) {
  const rows = page.getByRole('table', { name: table }).getByRole('row')
  return rows.filter({ has: page.getByRole('cell', { name: String(row), exact: true }) })
}

/** How many rows the list holds of a sort. */
function part(page: Page, sort: RegExp) {
  const holds = page.getByRole('region', { name: 'What the list holds' })
  return holds.getByRole('listitem').filter({ hasText: sort })
}

test('damaged rows are mended, proposals are accepted by kind and by row, and the import is undone', async ({
  page,
}) => {
  await signIn(page, `${url()}/imports?list=new`, MANAGER)
  await upload(page, csv('damaged.csv', LIST))
  await page.getByRole('button', { name: 'Validate' }).click()
  const damage = page.getByRole('region', { name: 'Damage by spreadsheets' })

  await test.step('what only can have meant one thing is mended, and shown from and to', async () => {
    await expect(part(page, /\d valid/)).toContainText('13')
    await expect(part(page, /\d invalid/)).toContainText('3')
    await expect(damage).toContainText('3 rows are mended: only one thing can have been meant.')
    await damage.getByText('Show the first 4 mended cells').click()
    await expect(line(page, 'Mended rows', 12).first()).toContainText('12025550143 → +12025550143')
    await expect(line(page, 'Mended rows', 12).last()).toContainText('2134 → 02134')
    await expect(line(page, 'Mended rows', 16)).toContainText('Lee → Lee, Eve')
  })

  await test.step('what is lost stays lost, what is only probable is proposed', async () => {
    await expect(line(page, 'Problems of the list', 14)).toContainText('1.20256E+10')
    await expect(line(page, 'Proposals for rows', 15)).toContainText('447911123456 → +447911123456')
    await expect(line(page, 'Proposals for rows', 17)).toContainText('→ +12025550146')
  })

  await test.step('a kind is accepted, a single row too, and either can be taken back', async () => {
    const plus = damage.getByRole('listitem').filter({ hasText: 'Plus sign lost.' })
    await plus.getByRole('button', { name: 'Accept the proposal' }).click()
    await expect(plus).toContainText('2 rows of this kind are mended.')
    await expect(part(page, /\d valid/)).toContainText('14')
    await damage.getByRole('button', { name: 'Accept the proposal for row 17' }).click()
    await expect(part(page, /\d valid/)).toContainText('15')
    await damage.getByRole('button', { name: 'Take back the proposal for row 17' }).click()
    await expect(part(page, /\d valid/)).toContainText('14')
    await damage.getByRole('button', { name: 'Accept the proposal for row 17' }).click()
    await expect(part(page, /\d invalid/)).toContainText('1')
  })

  await test.step('what is still wrong is taken home with the reason', async () => {
    await page.getByRole('button', { name: 'Import contacts' }).click()
    await expect(page.getByText('damaged.csv is imported')).toBeVisible()
    const rejects = await downloaded(page, () =>
      page.getByRole('link', { name: 'Download the rejected rows with reasons' }).click(),
    )
    expect(rejects.trim().split('\n')).toHaveLength(2)
    expect(rejects).toContain('Cid,1.20256E+10')
    await page.goto(`${url()}/contacts?q=447911123456`)
    await expect(page.getByRole('row').filter({ hasText: 'Dan' })).toBeVisible()
  })

  await test.step('the import is undone', async () => {
    await page.goto(`${url()}/imports`)
    await page.getByRole('button', { name: 'What can be done with damaged.csv' }).click()
    await page.getByRole('menuitem', { name: 'Undo import' }).click()
    const question = page.getByRole('dialog', { name: 'Undo the import of damaged.csv?' })
    await expect(question).toContainText('15 contacts leave the contact book')
    await question.getByRole('button', { name: 'Undo import' }).click()
    await expect(page.getByText('Undone: 15 contacts removed')).toBeVisible()
    await page.goto(`${url()}/contacts?q=447911123456`)
    await expect(page.getByText('Nothing fits this search.')).toBeVisible()
  })
})
