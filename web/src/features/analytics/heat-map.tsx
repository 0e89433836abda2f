/** Weekday by hour, the hotter the more often people answered. Each field says its figure; color never stands alone. */
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { type Heat, type HourCell, heatOf, hourOf, SHADES } from '@/shared/best-hours'
import { count, percent } from '@/shared/format'
import type { Day } from '@/shared/schedule'
import { dayName } from '@/shared/schedule-words'
import classes from './analytics.module.css'

export function HeatMap({ cells }: { cells: HourCell[] }) {
  const { t } = useTranslation()
  const { hours, rows } = heatOf(cells)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('analytics.heat')}>
        <table className={classes.heat}>
          <thead>
            <tr>
              <td />
              {hours.map(hour => (
                <th key={hour} scope="col">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ day, heat }) => (
              <tr key={day}>
                <th scope="row">{dayName(day, locale(), 'short')}</th>
                {heat.map((it, at) => (
                  <Field key={hours[at]} heat={it} day={day} hour={hours[at] ?? 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Legend />
    </>
  )
}

function Field({ heat: { cell, shade }, day, hour }: { heat: Heat; day: Day; hour: number }) {
  const { t } = useTranslation()
  if (!cell || cell.attempts === 0) return <td className={classes.none} />
  const words = t('analytics.field', {
    day: dayName(day, locale()),
    from: hourOf(hour),
    answered: count(cell.answered, locale()),
    attempts: count(cell.attempts, locale()),
  })
  return (
    <td data-shade={shade} className={shade === undefined ? classes.few : undefined} title={words}>
      <span aria-hidden>{shade === undefined ? '·' : Math.round(cell.rate ?? 0)}</span>
      <span className={classes.unseen}>
        {words} {shade === undefined ? t('analytics.few') : percent(cell.rate, locale())}
      </span>
    </td>
  )
}

function Legend() {
  const { t } = useTranslation()
  return (
    <p className={classes.legend}>
      <span>{t('analytics.rarely')}</span>
      {Array.from({ length: SHADES }, (_, shade) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shades are their places
        <span key={shade} data-shade={shade} className={classes.swatch} aria-hidden />
      ))}
      <span>{t('analytics.often')}</span>
      <span className={classes.note}>{t('analytics.percentOf')}</span>
    </p>
  )
}
