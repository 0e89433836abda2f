/** What a list holds: a bar in parts with words and numbers, and the first problems, each with its row. */
import { Table, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { count } from '@/shared/format'
import classes from './list-import.module.css'
import { barOf, PARTS } from './look'

type Props = { look: Schemas['LookView']; isForCampaign: boolean; children?: ReactNode }

export function LookResult({ look, isForCampaign, children }: Props) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('listImport.look.title')} aria-live="polite">
      <Title order={3} mb={8}>
        {t('listImport.look.title')}
      </Title>
      <div className={classes.bar} aria-hidden>
        {barOf(look).map(part => (
          <div key={part.name} data-look={part.name} style={{ width: `${part.width}%` }} />
        ))}
      </div>
      <ul className={classes.legend}>
        {PARTS.map(name => (
          <li key={name}>
            <span className={classes.swatch} data-look={name} aria-hidden />
            <b>{count(look[name], locale())}</b> {t(`listImport.look.${name}`)}
          </li>
        ))}
      </ul>
      <Text fz="sm" c="dimmed" mt={8}>
        {t(isForCampaign ? 'listImport.look.enrolled' : 'listImport.look.kept')}
      </Text>
      {children}
      {look.problems.length > 0 && <Problems look={look} />}
    </section>
  )
}

function Problems({ look }: { look: Schemas['LookView'] }) {
  const { t } = useTranslation()
  const shown = look.problems.length
  return (
    <>
      <Text fz="sm" fw={600} mt="sm" mb={4} id="list-problems">
        {t('listImport.look.problems', { count: shown, n: count(shown, locale()) })}
      </Text>
      {/* Scrolls by itself, so it must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls */}
      <section className={classes.problems} tabIndex={0} aria-labelledby="list-problems">
        <Table stickyHeader fz="sm" aria-label={t('listImport.look.problemsLabel')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">{t('listImport.look.row')}</Table.Th>
              <Table.Th>{t('listImport.map.column')}</Table.Th>
              <Table.Th>{t('listImport.look.value')}</Table.Th>
              <Table.Th>{t('listImport.look.problem')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {look.problems.map(it => (
              <Table.Tr key={`${it.row} ${it.column} ${it.problem}`}>
                <Table.Td ta="right">{count(it.row, locale())}</Table.Td>
                <Table.Td>{it.column}</Table.Td>
                <Table.Td className={classes.samples}>{it.value || '–'}</Table.Td>
                <Table.Td>{it.problem}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </>
  )
}
