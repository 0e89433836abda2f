/** How many rows a list has in all, as far as the figures of the run tell it without counting rows. */
import type { Schemas } from '@/api/client'
import type { CampaignSearch } from './search'

/** Figures are those of the run that is shown; of a search nothing is known before the end. */
export function recipientsTotal(search: CampaignSearch, progress: Schemas['Progress'] | undefined) {
  if (!progress || search.q || search.outcome) return undefined
  if (search.state === undefined) return progress.total
  return search.state === 'pending' ? progress.remaining : progress[search.state]
}

export function attemptsTotal(search: CampaignSearch, progress: Schemas['Progress'] | undefined) {
  if (!progress || search.q) return undefined
  return search.outcome === undefined ? progress.attempts : progress.outcomes[search.outcome]
}
