/** The head of a page: what it is, what can be done; and the title of the browser's tab. */
import { Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import classes from './page.module.css'

export function Page(props: {
  title: string
  mark?: ReactNode
  actions?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${props.title} · Carillon`
  }, [props.title])
  return (
    <div className={classes.page} data-wide={props.wide || undefined}>
      <div className={classes.head}>
        <Group gap="sm" className={classes.title}>
          <Title order={1} className={classes.words}>
            {props.title}
          </Title>
          {props.mark}
        </Group>
        {props.actions && (
          <Group gap="xs" className={classes.actions} data-testid="actions">
            {props.actions}
          </Group>
        )}
      </div>
      {props.children}
    </div>
  )
}
