/** How far a run is, as one bar in parts. The parts differ by pattern, too; the legend says them in words. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { count } from './format'
import classes from './progress-bar.module.css'
import { percentDone, SEGMENTS, segments } from './segments'

type Props = { progress: Schemas['Progress']; label: string; height?: number }

export function ProgressBar({ progress, label, height = 8 }: Props) {
  const { t } = useTranslation()
  const parts = segments(progress)
  const words = parts.map(part => `${t(`shared.metric.${part.name}`)} ${count(part.people, locale())}`)
  const done = percentDone(progress)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={done}
      aria-valuetext={[`${done} %`, ...words].join(', ')}
      className={classes.bar}
      style={{ height }}
    >
      {parts.map(part => (
        <div
          key={part.name}
          className={classes.part}
          data-part={part.name}
          style={{ width: `${part.width}%` }}
        />
      ))}
    </div>
  )
}

/** Every part with its number; those without people, too, so that nothing moves when the first one comes. */
export function ProgressLegend({ progress }: { progress: Schemas['Progress'] }) {
  const { t } = useTranslation()
  return (
    <ul className={classes.legend}>
      {SEGMENTS.map(name => (
        <li key={name}>
          <span className={classes.swatch} data-part={name} aria-hidden />
          {t(`shared.metric.${name}`)} <b>{count(progress[name], locale())}</b>
        </li>
      ))}
    </ul>
  )
}
