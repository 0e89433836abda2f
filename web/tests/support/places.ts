/** Every page of the application, for those who look at all of them. */
import type { Page } from '@playwright/test'
import { ask } from './people'

type Listed = { items: { id: string; status?: string }[] }

/** The pages of administration. */
export const ADMINISTRATION = {
  settings: '/admin/settings',
  carrier: '/admin/carrier',
  users: '/admin/users',
  departments: '/admin/departments',
  'custom-fields': '/admin/custom-fields',
  tokens: '/admin/tokens',
  health: '/admin/health',
}

/** Addresses by a name that can be a file's. */
export async function places(page: Page): Promise<Record<string, string>> {
  const campaigns = await ask<Listed>(page, 'GET', '/api/v1/campaigns?limit=50')
  const contacts = await ask<Listed>(page, 'GET', '/api/v1/contacts?limit=1')
  const draft = await ask<{ id: string }>(page, 'POST', '/api/v1/campaigns', { name: 'A draft to look at' })
  const ran = campaigns.items.find(campaign => campaign.status !== 'draft')
  const [contact] = contacts.items
  if (!ran || !contact) throw new Error('the demo has a campaign that ran, and contacts')
  const steps = ['details', 'contacts', 'call', 'retry', 'schedule', 'review']
  return {
    campaigns: '/campaigns',
    'campaigns-completed': '/campaigns?tab=completed',
    'campaign-new': '/campaigns/new',
    ...Object.fromEntries(steps.map(step => [`create-${step}`, `/campaigns/${draft.id}/edit?step=${step}`])),
    campaign: `/campaigns/${ran.id}`,
    'campaign-attempts': `/campaigns/${ran.id}?tab=attempts`,
    'campaign-settings': `/campaigns/${ran.id}?tab=settings`,
    'campaign-log': `/campaigns/${ran.id}?tab=log`,
    handset: `/campaigns/${ran.id}/handset`,
    contacts: '/contacts',
    'contacts-nothing': '/contacts?q=nobody-is-called-this',
    'contacts-duplicates': '/contacts/duplicates?by=name',
    contact: `/contacts/${contact.id}`,
    imports: '/imports',
    'import-new': '/imports?list=new',
    'import-sheet': '/imports?list=new&from=sheets',
    'create-sheet': `/campaigns/${draft.id}/edit?step=contacts&from=sheets`,
    'best-hours': '/best-hours',
    audio: '/audio',
    'do-not-call': '/do-not-call',
    account: '/account',
    ...ADMINISTRATION,
    missing: '/nowhere',
  }
}

/** A page that has not settled by then says so by itself, before the whole story runs out of time. Milliseconds. */
const SETTLED_WITHIN = 15_000

const LOADING = /^(Loading|Wird geladen|Lädt)/

/** Goes to a page and waits until it has settled: nothing is asked for and nothing is loading. */
export async function look(page: Page, address: string) {
  await page.goto(address)
  await page.getByRole('main').waitFor({ timeout: SETTLED_WITHIN })
  await page
    .getByRole('status', { name: LOADING })
    .first()
    .waitFor({ state: 'detached', timeout: SETTLED_WITHIN })
}
