/** What the sentence, the figures and the advice are made of, beside the campaign itself. */
import { useMe } from '@/app/session'
import { useAudio } from '@/shared/audio'
import type { Campaign } from './draft'
import type { PlanFacts } from './plan'
import { usePeople } from './queries'
import type { People } from './steps'

export function useFacts(campaign: Campaign): PlanFacts & { people: People | undefined } {
  const { organization } = useMe()
  const people = usePeople(campaign.id)
  const { rows } = useAudio(campaign.message?.kind === 'audio')
  const recording = rows.find(it => it.id === campaign.message?.audio_id)
  return {
    people,
    callable: people && people.total - people.suppressed,
    audioSeconds: recording?.duration_s,
    organization: organization.name,
  }
}
