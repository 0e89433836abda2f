/** Facts about one thing: a name at the left, what is known at the right; a dash for what is not. */
import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './facts.module.css'

/** Without a title where a panel around it has one. */
export function Facts({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section>
      {title && (
        <Title order={2} mb={6}>
          {title}
        </Title>
      )}
      <dl className={classes.facts}>{children}</dl>
    </section>
  )
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  const isThere = children !== null && children !== undefined && children !== false && children !== ''
  return (
    <div className={classes.fact}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{isThere ? children : <Text c="dimmed">–</Text>}</dd>
    </div>
  )
}
