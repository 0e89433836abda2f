/** A state as a color and a word, for things that are no campaigns. Shapes differ as well as colors. */
import type { ReactNode } from 'react'
import type { Schemas } from '@/api/client'
import classes from './marks.module.css'

export function Dot({ tone, children }: { tone: Schemas['CampaignStatus']; children: ReactNode }) {
  return (
    <span className={classes.status} style={{ color: `var(--status-${tone})` }}>
      <span className={classes.dot} data-status={tone} aria-hidden />
      <span>{children}</span>
    </span>
  )
}
