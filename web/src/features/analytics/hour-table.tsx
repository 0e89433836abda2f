/** The heat map as a table, the best hours first. */
import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { byRate, daysOf, type HourCell, hourOf, isSure } from '@/shared/best-hours'
import { count, percent } from '@/shared/format'
import { dayName } from '@/shared/schedule-words'
import classes from './analytics.module.css'

export function HourTable({ cells }: { cells: HourCell[] }) {
  const { t } = useTranslation()
  return (
    <details className={classes.details}>
      <summary>{t('analytics.asTable')}</summary>
      <Table fz="sm" className={classes.figures}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('analytics.hour')}</Table.Th>
            <Table.Th ta="right">{t('analytics.calls')}</Table.Th>
            <Table.Th ta="right">{t('analytics.answered')}</Table.Th>
            <Table.Th ta="right">{t('analytics.rate')}</Table.Th>
            <Table.Th ta="right">{t('analytics.between')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {byRate(cells).map(cell => (
            <Table.Tr key={`${cell.weekday} ${cell.hour}`}>
              <Table.Td>
                {daysOf([cell.weekday]).map(day => dayName(day, locale()))} {hourOf(cell.hour)}
              </Table.Td>
              <Table.Td ta="right">{count(cell.attempts, locale())}</Table.Td>
              <Table.Td ta="right">{count(cell.answered, locale())}</Table.Td>
              <Table.Td ta="right">
                {isSure(cell) ? percent(cell.rate, locale()) : t('analytics.few')}
              </Table.Td>
              <Table.Td ta="right">
                {percent(cell.low, locale())} – {percent(cell.high, locale())}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  )
}
