/** A list comes from Google Sheets: its link is pasted, its rows are seen, mapped and imported; a wrong link says why. */
import type { Page } from '@playwright/test'
import { expectWrong, signIn } from './support/people'
import { MANAGER } from './support/server'
import { exportOf, linkOf, SheetHost } from './support/sheets'
import { demo, expect, test } from './support/story'

const MEMBERS = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-members'
const PRIVATE = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-private'
const TAB = 7
const ROWS = [
  'Mobile,First name,Plan,Internal',
  '(212) 555-0181,Ada,gold,a1',
  '(212) 555-0182,Grace,silver,a2',
  '(212) 555-0183,Alan,,a3',
  '555,Nobody,none,a4',
].join('\r\n')

const host = new SheetHost()
host.share(MEMBERS, TAB, { name: 'Members - December', rows: ROWS })
const url = demo(12, async () => ({ CARILLON_GOOGLE_SHEETS_BASE_URL: await host.start() }))
test.afterAll(() => host.end())

const linkField = (page: Page) => page.getByLabel('Google Sheets URL')

async function fetchSheet(page: Page, link: string) {
  await linkField(page).fill(link)
  await page.getByRole('button', { name: 'Fetch sheet' }).click()
}

test('a manager imports a Google Sheet into a campaign', async ({ page }) => {
  await signIn(page, url(), MANAGER)
  await page.getByRole('link', { name: 'Create Campaign' }).click()
  await page.getByLabel('Name').fill('Members of December')
  await page.getByRole('button', { name: 'Create draft and continue' }).click()
  await page.getByRole('button', { name: 'Import from Google Sheets' }).click()

  await test.step('a link that leads elsewhere says so, and stays to be mended', async () => {
    const before = host.asked.length
    await fetchSheet(page, 'https://example.com/list.csv')
    await expect(page.getByText('This is not a link to Google Sheets.')).toBeVisible()
    await expectWrong(linkField(page))
    await expect(linkField(page)).toHaveValue('https://example.com/list.csv')
    await expect(linkField(page)).toBeFocused()
    expect(host.asked.slice(before), 'nobody is asked').toEqual([])
  })

  await test.step('a sheet that is not shared says how it is shared', async () => {
    await fetchSheet(page, linkOf(PRIVATE))
    await expect(page.getByText('This sheet is not shared.')).toBeVisible()
    await expect(linkField(page)).toHaveValue(linkOf(PRIVATE))
  })

  await test.step('the tab of the link is fetched, and its rows are seen and mapped', async () => {
    await fetchSheet(page, linkOf(MEMBERS, TAB))
    const columns = page.getByRole('table', { name: 'Columns of the list' })
    await expect(columns).toContainText('Ada')
    await expect(page.getByText('Members - December.csv')).toBeVisible()
    expect(host.asked.at(-1)).toBe(exportOf(MEMBERS, TAB))
    await page.getByRole('combobox', { name: 'Field for the column Internal' }).click()
    await page.getByRole('option', { name: 'Leave out' }).click()
    await page.reload()
    await expect(columns, 'the list outlives a reload').toContainText('Ada')
  })

  await test.step('it is looked at and imported into the draft', async () => {
    await page.getByRole('button', { name: 'Validate' }).click()
    const holds = page.getByRole('region', { name: 'What the list holds' })
    await expect(holds.getByRole('listitem').filter({ hasText: /\d valid/ })).toContainText('3')
    await expect(page.getByRole('table', { name: 'Problems of the list' })).toContainText('555')
    await page.getByRole('button', { name: 'Import contacts' }).click()
    await expect(page.getByText('Members - December.csv is imported')).toBeVisible()
    await expect(page.getByText('3 people', { exact: false }).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Import another sheet' })).toBeVisible()
  })

  await test.step('the list of imports says where it came from', async () => {
    await page.goto(`${url()}/imports`)
    const row = page.getByRole('row').filter({ hasText: 'Members - December.csv' }).first()
    await expect(row).toContainText('Google Sheets')
  })
})

test('the page of imports takes a file or a sheet, chosen by keyboard and kept by the address', async ({
  page,
}) => {
  await signIn(page, `${url()}/imports?list=new`, MANAGER)
  await expect(page.getByRole('button', { name: 'Choose CSV or Excel file' })).toBeVisible()
  await page.getByRole('radio', { name: 'CSV file' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/from=sheets/)
  await page.reload()
  await linkField(page).fill(linkOf(MEMBERS, TAB))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table', { name: 'Columns of the list' })).toContainText('Grace')
  await page.getByRole('button', { name: 'Another sheet' }).click()
  await expect(linkField(page)).toHaveValue('')
})
