/** Pictures of every page in full use. */
import { inEachLook } from './support/looks'
import { signIn } from './support/people'
import { look } from './support/places'
import { ADMINISTRATOR } from './support/server'
import { type Stage, setStage } from './support/stage'
import { demo, test } from './support/story'

/** Enough people for tables that scroll, and a campaign that is still under way. */
const CONTACTS = 3_000
const url = demo(CONTACTS)
let stage: Stage

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  stage = await setStage(browser, url())
})

const STEPS = ['details', 'contacts', 'call', 'retry', 'schedule', 'review']
const TABS = ['recipients', 'attempts', 'runs', 'settings', 'log']

/** Addresses by the name of the picture. */
function addresses({ active, paused, completed, draft, ready, contact, recipient, list }: Stage) {
  return {
    campaigns: '/campaigns',
    ...Object.fromEntries(
      ['scheduled', 'drafts', 'completed'].map(tab => [`campaigns-${tab}`, `/campaigns?tab=${tab}`]),
    ),
    'campaigns-nothing': '/campaigns?q=no-campaign-is-called-this',
    'create-new': '/campaigns/new',
    ...Object.fromEntries(STEPS.map(step => [`create-${step}`, `/campaigns/${ready}/edit?step=${step}`])),
    ...Object.fromEntries(
      STEPS.map(step => [`create-bare-${step}`, `/campaigns/${draft}/edit?step=${step}`]),
    ),
    'campaign-draft': `/campaigns/${draft}`,
    'campaign-active': `/campaigns/${active}`,
    'campaign-paused': `/campaigns/${paused}`,
    'campaign-completed': `/campaigns/${completed}`,
    ...Object.fromEntries(TABS.map(tab => [`campaign-tab-${tab}`, `/campaigns/${completed}?tab=${tab}`])),
    'campaign-nothing': `/campaigns/${completed}?tab=recipients&q=nobody`,
    'campaign-story': `/campaigns/${completed}?recipient=${recipient}`,
    handset: `/campaigns/${ready}/handset`,
    contacts: '/contacts',
    'contacts-nothing': '/contacts?q=nobody-is-called-this',
    contact: `/contacts/${contact}`,
    imports: '/imports',
    'import-new': '/imports?list=new',
    'import-done': `/imports?list=${list}`,
    audio: '/audio',
    'do-not-call': '/do-not-call',
    account: '/account',
    'admin-settings': '/admin/settings',
    'admin-carrier': '/admin/carrier',
    'admin-users': '/admin/users',
    'admin-departments': '/admin/departments',
    'admin-tokens': '/admin/tokens',
    'admin-health': '/admin/health',
    missing: '/nowhere',
  }
}

inEachLook(async (page, take) => {
  await page.goto(url())
  await page.getByRole('textbox').first().waitFor()
  await take('sign-in')
  await signIn(page, url(), ADMINISTRATOR)
  for (const [name, address] of Object.entries(addresses(stage))) {
    await look(page, url() + address)
    await take(name, name === 'campaign-story' ? 'inSight' : 'whole')
  }
  // The stream would tell at once what is really the case.
  await page.addInitScript(() => {
    Object.assign(window, {
      EventSource: class {
        addEventListener() {}
        close() {}
      },
    })
  })
  await page.route(`**/api/v1/campaigns/${stage.paused}`, async route => {
    const answer = await route.fetch()
    const failed = { status: 'failed', status_reason: 'The carrier refuses the account: it is suspended.' }
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...failed } })
  })
  await look(page, `${url()}/campaigns/${stage.paused}`)
  await take('campaign-failed')
})
