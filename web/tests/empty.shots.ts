/** Pictures of an installation with nothing in it: the set-up, and every page as it begins. */
import { inEachLook } from './support/looks'
import { signIn } from './support/people'
import { look } from './support/places'
import { Installation, type Running } from './support/server'
import { test } from './support/story'

const EMAIL = 'ada@acme.example'
const PASSWORD = 'first of all people'

let bare: Installation
let begun: Installation
let servers: Running[] = []

test.beforeAll(async () => {
  bare = await Installation.make()
  begun = await Installation.make()
  begun.run(['organization', 'create', 'Acme'])
  begun.run(['user', 'create', '--email', EMAIL, '--role', 'admin', '--password-stdin'], PASSWORD)
  servers = [await bare.serve(), await begun.serve()]
})
test.afterAll(async () => {
  for (const server of servers) await server.kill()
  await bare?.end()
  await begun?.end()
})

const PAGES = {
  campaigns: '/campaigns',
  'campaigns-completed': '/campaigns?tab=completed',
  'campaigns-drafts': '/campaigns?tab=drafts',
  contacts: '/contacts',
  imports: '/imports',
  'import-new': '/imports?list=new',
  audio: '/audio',
  'do-not-call': '/do-not-call',
  carrier: '/admin/carrier',
  tokens: '/admin/tokens',
  health: '/admin/health',
}

inEachLook(async (page, take) => {
  await page.goto(bare.url)
  await page.getByRole('textbox').first().waitFor()
  await take('empty-set-up')
  await signIn(page, begun.url, EMAIL, PASSWORD)
  for (const [name, address] of Object.entries(PAGES)) {
    await look(page, begun.url + address)
    await take(`empty-${name}`)
  }
})
