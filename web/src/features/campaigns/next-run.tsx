/** When a scheduled campaign runs next: by its own clock, how long that is from now, and by the reader's clock where it differs. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { ago } from '@/shared/format'
import { useNow } from '@/shared/now'
import { useOccurrences, useScheduleWords } from '@/shared/occurrences'
import classes from './campaigns.module.css'

export function NextRun({ campaign }: { campaign: Schemas['Campaign'] }) {
  const { t } = useTranslation()
  const now = useNow()
  const { local, yours } = useScheduleWords()
  const { items } = useOccurrences(campaign, 1)
  const [next] = items ?? []
  if (!items) return <div />
  if (!next) return <div className={classes.next}>{t('shared.schedule.none')}</div>
  return (
    <div className={classes.next}>
      <time dateTime={next.at}>{t('shared.schedule.next', { at: local(next) })}</time>
      <div className={classes.sub}>
        {[ago(next.at, now, locale()), yours(next)].filter(it => it !== '').join(' · ')}
      </div>
    </div>
  )
}
