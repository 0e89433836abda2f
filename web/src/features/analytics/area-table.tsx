/** Answers by where the number is from. */
import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '@/i18n'
import { areaName, type BestHours } from '@/shared/best-hours'
import { count, percent } from '@/shared/format'
import { Panel } from '@/shared/panel'
import classes from './analytics.module.css'

export function AreaTable({ areas }: { areas: BestHours['areas'] }) {
  const { t } = useTranslation()
  if (areas.length === 0) return null
  return (
    <Panel title={t('analytics.areas')}>
      <Table fz="sm" className={classes.figures}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('analytics.area')}</Table.Th>
            <Table.Th ta="right">{t('analytics.calls')}</Table.Th>
            <Table.Th ta="right">{t('analytics.answered')}</Table.Th>
            <Table.Th ta="right">{t('analytics.rate')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {areas.map(({ area, name, attempts, answered, rate }) => (
            <Table.Tr key={area}>
              <Table.Td>{areaName({ area, name }, locale())}</Table.Td>
              <Table.Td ta="right">{count(attempts, locale())}</Table.Td>
              <Table.Td ta="right">{count(answered, locale())}</Table.Td>
              <Table.Td ta="right">{percent(rate, locale())}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}
