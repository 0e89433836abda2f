/** A figure with its name; what it means is one hover, or one tap, away. */
import { Text, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { en } from '@/i18n/en'
import classes from './metric.module.css'

export type MetricWord = keyof typeof en.shared.metric

export function Metric({ word, value, tone }: { word: MetricWord; value: ReactNode; tone?: string }) {
  const { t } = useTranslation()
  const name = t(`shared.metric.${word}`)
  return (
    <div className={classes.metric}>
      <Tooltip label={t(`shared.definition.${word}`)}>
        <Text component="dt" className={classes.name} tabIndex={0}>
          {name}
        </Text>
      </Tooltip>
      <Text component="dd" className={classes.value} c={tone}>
        {value}
      </Text>
    </div>
  )
}

export function Metrics({ children, label }: { children: ReactNode; label: string }) {
  return (
    <dl className={classes.metrics} aria-label={label}>
      {children}
    </dl>
  )
}
