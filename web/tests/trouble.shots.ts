/** Pictures of pages in trouble: the server does not answer, a role does not allow it, somebody else's things. */
import type { Page } from '@playwright/test'
import { inEachLook } from './support/looks'
import { signIn } from './support/people'
import { ADMINISTRATION, look } from './support/places'
import { ADMINISTRATOR, MANAGER } from './support/server'
import { AGENT, STRANGER, type Stage, setStage } from './support/stage'
import { demo, test } from './support/story'

const url = demo(60)
let stage: Stage

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  stage = await setStage(browser, url())
})

const PAGES = {
  campaigns: '/campaigns',
  contacts: '/contacts',
  imports: '/imports',
  audio: '/audio',
  'do-not-call': '/do-not-call',
  account: '/account',
  ...ADMINISTRATION,
}
const FORBIDDEN = Object.keys(ADMINISTRATION) as (keyof typeof ADMINISTRATION)[]

async function as(page: Page, email: string) {
  await page.context().clearCookies()
  await signIn(page, url(), email)
}

inEachLook(async (page, take) => {
  await as(page, MANAGER)
  for (const name of FORBIDDEN) {
    await look(page, url() + PAGES[name])
    await take(`forbidden-${name}`)
  }
  await as(page, STRANGER)
  await look(page, `${url()}/campaigns/${stage.paused}`)
  await take('forbidden-campaign')
  await look(page, `${url()}/contacts/${stage.contact}`)
  await take('forbidden-contact')
  await as(page, AGENT)
  await take('forbidden-agent')
  await as(page, ADMINISTRATOR)
  await page.route(/api\/v1\/(?!session$)/, route => route.fulfill({ status: 503 }))
  const more = { campaign: `/campaigns/${stage.paused}`, edit: `/campaigns/${stage.ready}/edit?step=call` }
  for (const [name, address] of Object.entries({ ...PAGES, ...more })) {
    await look(page, url() + address)
    await take(`error-${name}`)
  }
  await page.route('**/api/v1/session', route => route.fulfill({ status: 503 }))
  await page.goto(url())
  await page.getByRole('alert').waitFor()
  await take('error-sign-in')
})
