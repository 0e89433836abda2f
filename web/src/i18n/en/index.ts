/** English: the texts of each part of the application. */
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

export const en = {
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
