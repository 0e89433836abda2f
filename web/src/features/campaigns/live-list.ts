/** What the stream of campaigns says, put into the lists that are on the page. Pure. */
import type { Schemas } from '@/api/client'
import type { Status } from '@/shared/can'

type Campaign = Schemas['Campaign']
type Progress = Schemas['Progress']
export type Counts = Schemas['CampaignCounts']
export type LiveItem = {
  id: string
  status: Status
  status_reason: string | null
  version: number
  progress: Progress
}
export type Pages = { pages: { items: Campaign[]; next_cursor?: string | null }[]; pageParams: unknown[] }

/** The event as it comes; edge of the program: the stream has no types of its own. */
export function itemsOf(data: unknown): LiveItem[] {
  return (data as { items?: LiveItem[] }).items ?? []
}

/** Counts stand in an event of their own. */
export function countsOf(data: unknown): Counts {
  return data as Counts
}

function patched(campaign: Campaign, item: LiveItem | undefined): Campaign {
  // An edit that was just answered is newer than what the stream saw before it.
  if (!item || item.version < campaign.version) return campaign
  const { status, status_reason, progress } = item
  if (item.version === campaign.version && progress.as_of === campaign.progress?.as_of) return campaign
  return { ...campaign, status, status_reason, progress, version: item.version }
}

/** The pages with newer figures; the same object when nothing is newer, so that nothing is drawn again. */
export function patchPages(pages: Pages, items: LiveItem[]): Pages {
  const byId = new Map(items.map(item => [item.id, item]))
  let isChanged = false
  const next = pages.pages.map(page => ({
    ...page,
    items: page.items.map(campaign => {
      const newer = patched(campaign, byId.get(campaign.id))
      if (newer !== campaign) isChanged = true
      return newer
    }),
  }))
  return isChanged ? { ...pages, pages: next } : pages
}

/** Statuses seen so far; undefined before the first event. */
export type Known = Map<string, Status> | undefined

/**
 * Whether somebody moved between tabs since the last event, so that lists must be asked for again. The first event
 * tells where everybody is, not that anybody moved.
 */
export function look(known: Known, items: LiveItem[]): { known: Map<string, Status>; hasMoved: boolean } {
  const moved = known !== undefined && items.some(({ id, status }) => known.get(id) !== status)
  const next = new Map(known)
  for (const { id, status } of items) next.set(id, status)
  return { known: next, hasMoved: moved }
}

/** How many stand in each tab. */
export function tabCounts(counts: Counts): Record<'active' | 'scheduled' | 'drafts' | 'completed', number> {
  return {
    active: counts.active + counts.paused + counts.failed,
    scheduled: counts.scheduled,
    drafts: counts.draft,
    completed: counts.completed,
  }
}
