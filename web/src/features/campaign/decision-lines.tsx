/** What the rules decided about one recipient, in words with their instants. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './campaign.module.css'
import { type Decision, decisions, type Story, type ZoneClue } from './decisions'
import { useFormats } from './says'
import { reasonWord } from './story'

export function DecisionLines({ story }: { story: Story }) {
  const { t } = useTranslation()
  const { at, n } = useFormats()
  const reason = reasonWord(story.reason)
  function zones({ clue, zones, more }: ZoneClue): string {
    if (zones.length === 0) return t(`campaign.zoneClue.unknown.${clue}`)
    const named = zones.join(', ')
    const all = more > 0 ? t('campaign.zoneClue.more', { zones: named, n: n(more) }) : named
    return t(`campaign.zoneClue.${clue}`, { zones: all })
  }
  function words(it: Decision): string {
    switch (it.word) {
      case 'enrolled':
        return t('campaign.decision.enrolled')
      case 'zones':
        return `${t('campaign.decision.zones')} ${it.clues.map(zones).join('; ')}.`
      case 'suppressed':
        return `${t('campaign.decision.suppressed')} ${reason ? t(`campaign.whyNot.${reason}`) : ''}`.trim()
      case 'due':
        return t(`campaign.dueReason.${it.reason}`)
      case 'held':
        return it.kind ? t(`campaign.blocker.${it.kind}`) : it.message
    }
  }
  return (
    <ul className={classes.decisions}>
      {decisions(story).map(it => (
        <li key={it.word}>
          <Text span c="dimmed" fz="sm">
            {it.at && (it.word === 'held' ? t('campaign.why.until', { at: at(it.at) }) : at(it.at))}
          </Text>
          <span>{words(it)}</span>
        </li>
      ))}
    </ul>
  )
}
