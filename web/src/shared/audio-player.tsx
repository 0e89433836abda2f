/** Plays a recording in the page. */
import { useTranslation } from 'react-i18next'
import type { Audio } from './audio'
import classes from './audio-player.module.css'

export function AudioPlayer({ audio }: { audio: Pick<Audio, 'name' | 'url'> }) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useMediaCaption: a recording that is only spoken has no captions to show
    <audio
      controls
      preload="none"
      src={audio.url}
      aria-label={t('shared.audio.play', { name: audio.name })}
      className={classes.player}
    />
  )
}
