/** The panels below the answer, those that say something about the state the campaign is in. */
import type { Schemas } from '@/api/client'
import classes from './campaign.module.css'
import { HintsPanel } from './hints-panel'
import { LastCalls } from './last-calls'
import { OutcomesPanel } from './outcomes-panel'
import { PacePanel } from './pace-panel'
import { WhyPanel } from './why-panel'

type Props = { campaign: Schemas['Campaign']; progress: Schemas['Progress'] }

export function Evidence({ campaign, progress }: Props) {
  const { status, id } = campaign
  if (status === 'draft' || status === 'scheduled') return null
  const isOver = status === 'completed'
  return (
    <div className={classes.evidence}>
      {!isOver && <WhyPanel campaign={campaign} progress={progress} />}
      {!isOver && <PacePanel id={id} progress={progress} />}
      <OutcomesPanel campaign={campaign} progress={progress} />
      <LastCalls id={id} />
      <HintsPanel campaign={campaign} progress={progress} />
    </div>
  )
}
