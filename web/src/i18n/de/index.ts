/** German: every key of the English texts; a type and a test see to it. */
import type { en } from '../en'
import { account } from './account'
import { admin } from './admin'
import { analytics } from './analytics'
import { audio } from './audio'
import { campaign } from './campaign'
import { campaigns } from './campaigns'
import { contacts } from './contacts'
import { create } from './create'
import { doNotCall } from './doNotCall'
import { handset } from './handset'
import { listImport } from './listImport'
import { shared } from './shared'
import { shell } from './shell'

type Texts = typeof en

export const de: Texts = {
  account,
  admin,
  analytics,
  audio,
  campaign,
  campaigns,
  contacts,
  create,
  doNotCall,
  handset,
  listImport,
  shared,
  shell,
}
