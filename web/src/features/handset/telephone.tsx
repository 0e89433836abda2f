/** The telephone itself: who calls, what is heard with the present sentence marked, and the keys. */
import { Button, Text, VisuallyHidden } from '@mantine/core'
import { IconPhoneOff } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import * as format from '@/shared/format'
import classes from './handset.module.css'
import { KEYS, type Line, linesOf, listens, type Player } from './player'
import type { useHandset } from './use-handset'

export function Telephone({ handset }: { handset: ReturnType<typeof useHandset> }) {
  const { t } = useTranslation()
  const { player, heard, press, hangUp } = handset
  const isUnderWay = player.phase !== 'idle' && player.phase !== 'over'
  const section = useRef<HTMLElement>(null)
  // The button that called is disabled now; from here the keys of the keyboard are keys of the telephone.
  useEffect(() => {
    if (player.phase === 'ringing') section.current?.focus({ preventScroll: true })
  }, [player.phase])
  function pressed(event: KeyboardEvent) {
    const key = KEYS.find(known => known === event.key)
    if (key && isUnderWay) press(key)
  }
  return (
    <section
      ref={section}
      tabIndex={-1}
      className={classes.telephone}
      aria-label={t('handset.telephone')}
      onKeyDown={pressed}
    >
      <div className={classes.caller}>
        <Text fw={600}>{heard?.from ? format.phone(heard.from) : t('handset.noCaller')}</Text>
        <Text fz="sm" c="dimmed" role="status">
          {t(`handset.phase.${player.phase}`)}
          {heard && ` · ${t('handset.to', { phone: format.phone(heard.to) })}`}
        </Text>
      </div>
      <Transcript player={player} />
      <Text fz="xs" c="dimmed" ta="center" mih={18}>
        {listens(player) ? t('handset.listens') : isUnderWay ? t('handset.deaf') : ''}
      </Text>
      <div className={classes.keys}>
        {KEYS.map(key => (
          <button
            key={key}
            type="button"
            className={classes.key}
            disabled={player.phase !== 'talking'}
            aria-label={t('handset.key', { key })}
            onClick={() => press(key)}
          >
            {key}
          </button>
        ))}
      </div>
      <Button
        color="red.8"
        fullWidth
        disabled={!isUnderWay}
        leftSection={<IconPhoneOff size={16} />}
        onClick={hangUp}
      >
        {t('handset.hangUp')}
      </Button>
    </section>
  )
}

function Transcript({ player }: { player: Player }) {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  const lines = linesOf(player)
  const now = lines.findIndex(line => line.state === 'now')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the present sentence is kept in sight
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[data-state="now"]')
    if (item && list.current) list.current.scrollTop = item.offsetTop - list.current.clientHeight / 3
  }, [now, lines.length])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <ol ref={list} className={classes.transcript} tabIndex={0} aria-label={t('handset.transcript')}>
      {lines.length === 0 && <li className={classes.hint}>{t('handset.transcriptNone')}</li>}
      {lines.map((line, index) => (
        <TranscriptLine
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end or said anew
          key={index}
          line={line}
        />
      ))}
    </ol>
  )
}

function TranscriptLine({ line }: { line: Line }) {
  const { t } = useTranslation()
  const words = line.kind === 'say' ? line.text : t(`handset.line.${line.kind}`, { key: line.text })
  return (
    <li data-state={line.state} data-kind={line.kind} aria-current={line.state === 'now' || undefined}>
      {line.state === 'now' && <VisuallyHidden>{t('handset.nowHeard')} </VisuallyHidden>}
      {words}
    </li>
  )
}
