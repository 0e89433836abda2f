/** Attempts on a time line, from the first to the last resort. A list to screen readers. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { span } from '@/shared/format'
import { timeline } from './retry'
import classes from './retry-line.module.css'

export function RetryLine({ retry }: { retry: Schemas['Retry'] }) {
  const { t } = useTranslation()
  const attempts = timeline(retry)
  const conditions = retry.on.map(it => t(`create.retry.on.${it}`)).join(', ')
  return (
    <ol className={classes.line}>
      {attempts.map(({ number, waits_s, after_s }) => (
        <li key={number} className={classes.stop}>
          <span className={classes.wait}>
            {number === 1
              ? t('create.retry.atOnce')
              : t('create.retry.waits', { span: span(waits_s, locale()) })}
          </span>
          <span className={classes.what}>
            <b>{t('create.retry.attempt', { number })}</b>{' '}
            {number > 1 && t('create.retry.if', { conditions })}
            {number > 2 && (
              <span className={classes.quiet}>
                {t('create.retry.after', { span: span(after_s, locale()) })}
              </span>
            )}
          </span>
        </li>
      ))}
      <li className={classes.stop} data-end>
        <span className={classes.wait}>{t('create.retry.atLast')}</span>
        <span className={classes.what}>
          <b>{t('shared.recipient.failed')}</b> {t('create.retry.usedUp', { count: attempts.length })}
        </span>
      </li>
    </ol>
  )
}
