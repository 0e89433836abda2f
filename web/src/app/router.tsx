/** All addresses of the application. Pages are loaded when they are first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { Gate } from './gate'
import { PageError, PageMissing } from './page-states'
import { Shell } from './shell'

const root = createRootRoute({ component: Gate, errorComponent: PageError, notFoundComponent: PageMissing })
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

/** What a page's address may say beside its path; each page reads it with `useSearch` and drops what it does not know. */
type Search = Record<string, unknown>
const anySearch = (search: Search): Search => search

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/campaigns', replace: true })
  },
})

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/campaigns/campaigns-page')),
})
const newCampaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/new',
  component: lazyRouteComponent(() => import('@/features/create/new-campaign-page')),
})
const editCampaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$campaignId/edit',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/create/edit-campaign-page')),
})
const handset = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$campaignId/handset',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/handset/handset-page')),
})
const campaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$campaignId',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/campaign/campaign-page')),
})
const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/contacts/contacts-page')),
})
const duplicates = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/duplicates',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/contacts/duplicates-page')),
})
const contact = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/$contactId',
  component: lazyRouteComponent(() => import('@/features/contacts/contact-page')),
})
const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/contacts/imports-page')),
})
const audio = createRoute({
  getParentRoute: () => shell,
  path: '/audio',
  component: lazyRouteComponent(() => import('@/features/audio/audio-page')),
})
const doNotCall = createRoute({
  getParentRoute: () => shell,
  path: '/do-not-call',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/do-not-call/do-not-call-page')),
})
const bestHours = createRoute({
  getParentRoute: () => shell,
  path: '/best-hours',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('@/features/analytics/best-hours-page')),
})
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/account/account-page')),
})
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/admin/settings',
  component: lazyRouteComponent(() => import('@/features/admin/settings-page')),
})
const carrier = createRoute({
  getParentRoute: () => shell,
  path: '/admin/carrier',
  component: lazyRouteComponent(() => import('@/features/admin/carrier-page')),
})
const users = createRoute({
  getParentRoute: () => shell,
  path: '/admin/users',
  component: lazyRouteComponent(() => import('@/features/admin/users-page')),
})
const departments = createRoute({
  getParentRoute: () => shell,
  path: '/admin/departments',
  component: lazyRouteComponent(() => import('@/features/admin/departments-page')),
})
const customFields = createRoute({
  getParentRoute: () => shell,
  path: '/admin/custom-fields',
  component: lazyRouteComponent(() => import('@/features/admin/custom-fields-page')),
})
const tokens = createRoute({
  getParentRoute: () => shell,
  path: '/admin/tokens',
  component: lazyRouteComponent(() => import('@/features/admin/tokens-page')),
})
const health = createRoute({
  getParentRoute: () => shell,
  path: '/admin/health',
  component: lazyRouteComponent(() => import('@/features/admin/health-page')),
})

/** An address that leads nowhere, for those who are signed in: the way on stands at the side. */
const nowhere = createRoute({ getParentRoute: () => shell, path: '$', component: PageMissing })

const pages = [
  home,
  campaigns,
  newCampaign,
  editCampaign,
  handset,
  campaign,
  contacts,
  duplicates,
  contact,
  imports,
  audio,
  doNotCall,
  bestHours,
  account,
  settings,
  carrier,
  users,
  departments,
  customFields,
  tokens,
  health,
  nowhere,
]

export const router = createRouter({
  routeTree: root.addChildren([shell.addChildren(pages)]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: PageMissing,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
