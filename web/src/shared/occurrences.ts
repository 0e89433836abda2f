/** The next runs of a campaign as the server tells them, and how they are said. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { localOf, placeOf, readSchedule, type Schedule } from './schedule'
import { dateWords, scheduleWords, timeOf } from './schedule-words'

export type Occurrence = Schemas['Occurrence']
type Campaign = Pick<Schemas['Campaign'], 'id' | 'version' | 'schedule'>

/** Asked anew for every saved version; until the answer is there, those of the former stay. */
export function useOccurrences({ id, version, schedule }: Campaign, limit: number, isWanted = true) {
  const { data, isPlaceholderData, error } = useQuery({
    queryKey: ['campaign', id, 'occurrences', { limit, version }],
    enabled: isWanted && schedule.kind !== 'manual',
    queryFn: () =>
      body(client.GET('/api/v1/campaigns/{id}/occurrences', { params: { path: { id }, query: { limit } } })),
    placeholderData: keepPreviousData,
  })
  return { items: data?.items, isOld: isPlaceholderData, error }
}

/** The local time that the reader's own clock shows at that moment; undefined when it shows the same. */
export function ownLocal({ at, local }: Occurrence): string | undefined {
  const own = localOf(Date.parse(at), Intl.DateTimeFormat().resolvedOptions().timeZone)
  return own === local ? undefined : own
}

export function useScheduleWords() {
  const { t } = useTranslation()
  return {
    words: (sent: Schemas['Schedule']) => scheduleWords(readSchedule(sent), t, locale()),
    /** "Mon, Dec 7, 2026, 09:00", where the zone is said beside it. */
    local: ({ local }: Occurrence) => `${dateWords(local, locale(), 'short')}, ${timeOf(local)}`,
    /** "Mon, Dec 7, 2026, 09:00 (New York)" */
    moment: ({ local }: Occurrence, schedule: Exclude<Schedule, { kind: 'manual' }>) =>
      t('shared.schedule.moment', {
        date: dateWords(local, locale(), 'short'),
        time: timeOf(local),
        zone: placeOf(schedule.timezone),
      }),
    /** "15:00 by your clock", with the day when it is another; nothing when it is the same. */
    yours: (occurrence: Occurrence) => {
      const own = ownLocal(occurrence)
      if (own === undefined) return ''
      const isSameDay = own.slice(0, 10) === occurrence.local.slice(0, 10)
      const at = isSameDay ? timeOf(own) : `${dateWords(own, locale(), 'short')}, ${timeOf(own)}`
      return t('shared.schedule.yours', { at })
    },
  }
}
