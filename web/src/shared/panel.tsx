/** A part of a page with a title of its own. Lines, no shadow; never a panel in a panel. */
import { Paper, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './panel.module.css'

type Props = { title: string; aside?: ReactNode; children: ReactNode; height?: number }

export function Panel({ title, aside, children, height }: Props) {
  const id = useId()
  return (
    <Paper component="section" aria-labelledby={id} p="md" mih={height} className={classes.panel}>
      <div className={classes.head}>
        <Title order={2} id={id} className={classes.title}>
          {title}
        </Title>
        {aside}
      </div>
      {children}
    </Paper>
  )
}
