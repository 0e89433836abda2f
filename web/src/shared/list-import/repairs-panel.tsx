/** What spreadsheets did to the list: what is mended by itself, and proposals that a person accepts, all of a kind or one by one. */
import { Button, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { count } from '@/shared/format'
import classes from './list-import.module.css'
import { type Accepted, damageOf, kindsToDecide, partsOf, type Repair, withKind, withRow } from './repairs'

type Props = {
  look: Schemas['LookView']
  accepted: Accepted
  /** The list is looked at again with it. */
  onAccept: (accepted: Accepted) => void
  isLooking: boolean
}

export function Repairs({ look, accepted, onAccept, isLooking }: Props) {
  const { t } = useTranslation()
  const { open, mended } = partsOf(look, accepted)
  if (look.kinds.length === 0) return null
  return (
    <section aria-label={t('listImport.repair.title')}>
      <Title order={3} mt="md" mb={4}>
        {t('listImport.repair.title')}
      </Title>
      {look.repaired > 0 && (
        <Text fz="sm">
          {t('listImport.repair.mended', { count: look.repaired, n: count(look.repaired, locale()) })}
        </Text>
      )}
      <Kinds look={look} accepted={accepted} onAccept={onAccept} isLooking={isLooking} />
      {open.length > 0 && (
        <RepairTable
          repairs={open}
          label={t('listImport.repair.open')}
          decide={repair => (
            <Decision repair={repair} accepted={accepted} onAccept={onAccept} isLooking={isLooking} />
          )}
        />
      )}
      {mended.length > 0 && (
        <details className={classes.mended}>
          <summary>
            {t('listImport.repair.show', { count: mended.length, n: count(mended.length, locale()) })}
          </summary>
          <RepairTable repairs={mended} label={t('listImport.repair.shown')} />
        </details>
      )}
    </section>
  )
}

/** Each kind with proposals: how many rows wait for a word, and the word for all of them. */
function Kinds({ look, accepted, onAccept, isLooking }: Props) {
  const { t } = useTranslation()
  return (
    <ul className={classes.kinds}>
      {kindsToDecide(look, accepted).map(({ what, proposed, repaired }) => {
        const isAccepted = accepted.kinds.includes(what)
        const rows = isAccepted ? repaired : proposed
        const damage = damageOf(what)
        return (
          <li key={what}>
            <span>
              <b>{damage ? t(`listImport.damage.${damage}`) : what}</b>{' '}
              {t(`listImport.repair.${isAccepted ? 'accepted' : 'proposed'}`, {
                count: rows,
                n: count(rows, locale()),
              })}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={isLooking}
              onClick={() => onAccept(withKind(accepted, what, !isAccepted))}
            >
              {t(isAccepted ? 'listImport.repair.takeBack' : 'listImport.repair.acceptAll', {
                count: rows,
                n: count(rows, locale()),
              })}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}

type DecisionProps = { repair: Repair } & Omit<Props, 'look'>

/** A word for one row; where all of its kind are accepted, it is said there. */
function Decision({ repair, accepted, onAccept, isLooking }: DecisionProps) {
  const { t } = useTranslation()
  if (accepted.kinds.includes(repair.what)) return t('listImport.repair.withKind')
  const isAccepted = accepted.rows.includes(repair.row)
  const word = isAccepted ? 'takeBackRow' : 'acceptRow'
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      disabled={isLooking}
      aria-label={t(`listImport.repair.${word}Of`, { row: count(repair.row, locale()) })}
      onClick={() => onAccept(withRow(accepted, repair.row, !isAccepted))}
    >
      {t(`listImport.repair.${word}`)}
    </Button>
  )
}

type TableProps = { repairs: Repair[]; label: string; decide?: (repair: Repair) => React.ReactNode }

function RepairTable({ repairs, label, decide }: TableProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.problems} tabIndex={0} aria-label={label}>
      <Table stickyHeader fz="sm" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">{t('listImport.look.row')}</Table.Th>
            <Table.Th>{t('listImport.map.column')}</Table.Th>
            <Table.Th>{t('listImport.repair.change')}</Table.Th>
            <Table.Th>{t('listImport.repair.why')}</Table.Th>
            {decide && <Table.Th aria-label={t('listImport.repair.decide')} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {repairs.map(repair => (
            <Table.Tr key={`${repair.row} ${repair.column} ${repair.what}`}>
              <Table.Td ta="right">{count(repair.row, locale())}</Table.Td>
              <Table.Td>{repair.column}</Table.Td>
              <Table.Td className={classes.change}>
                <del>{repair.before || '–'}</del> <span aria-hidden>→</span> <ins>{repair.after}</ins>
              </Table.Td>
              <Table.Td>{repair.reason}</Table.Td>
              {decide && <Table.Td ta="right">{decide(repair)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
