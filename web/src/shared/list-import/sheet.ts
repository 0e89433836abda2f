/** Lists from Google Sheets: why one was not fetched, as a key of our words with what they need. Pure. */
import { Problem } from '@/api/client'

/** How a list comes in, as addresses of pages say it. */
export const SOURCES = ['csv', 'sheets'] as const
export type ListSource = (typeof SOURCES)[number]

/** As the API calls the field of the link. */
export const LINK = 'google_sheet_url'

export function isListSource(value: unknown): value is ListSource {
  return SOURCES.some(source => source === value)
}

/** Where an import came from, by the word of the API. */
export function sourceOf(import_: { source: string }): ListSource {
  return import_.source === 'google_sheet' ? 'sheets' : 'csv'
}

/** Ways in which the server begins to say what is wrong with a link or its sheet; tested against its source. */
const FAULTS = [
  ['empty', /^paste the link/],
  ['tooLong', /^is longer than/],
  ['badCharacter', /^has a character/],
  ['notHttps', /^must begin with https/],
  ['otherHost', /^is not a link to Google Sheets/],
  ['folder', /^is a link to a folder/],
  ['driveFile', /^is a link to a file in Drive/],
  ['notASheet', /^is a link to .* not to a sheet/],
  ['noId', /^does not say which sheet/],
  ['badTab', /^names the tab "gid"/],
  ['twoTabs', /^names two different tabs/],
  ['tabByName', /^names its tab by name/],
  ['picksRows', /^picks rows/],
  ['notShared', /^is not shared/],
  ['notFound', /^leads to no sheet/],
  ['noSuchTab', /^leads to no such tab/],
  ['page', /^leads to a page/],
  ['notCsv', /^leads to something that is no CSV/],
  ['emptySheet', /^leads to an empty sheet/],
  ['leadsAway', /^leads away from Google Sheets|^leads from one address/],
  ['tooLarge', /^leads to a sheet of more than/],
  ['busy', /Google Sheets asks for fewer requests/],
  ['unreachable', /Google Sheets does not answer/],
  ['tooSlow', /^did not come whole/],
  ['cutOff', /^was cut off/],
] as const

export type SheetFault = (typeof FAULTS)[number][0]

/** What is wrong by the server's words; nothing for words that are not known, which then stand for themselves. */
export function faultIn(message: string): SheetFault | undefined {
  return FAULTS.find(([, begins]) => begins.test(message))?.[0]
}

const MINUTE_S = 60

/** Seconds until the next sheet may be fetched, in whole minutes once there is one; undefined for any other failure. */
export function waitOf(error: unknown): number | undefined {
  if (!(error instanceof Problem) || error.status !== 429) return undefined
  const wait = error.retryAfter ?? MINUTE_S
  return wait < MINUTE_S ? wait : Math.ceil(wait / MINUTE_S) * MINUTE_S
}
