/** Speaks a text with the browser's own voice, which differs from the carrier's. */
import { useEffect, useState } from 'react'
import type { Schemas } from '@/api/client'

/** Speeds and pitches that browsers take. */
const RATE = { min: 0.5, max: 2 }
const PITCH = { min: 0.5, max: 1.5 }

function within(value: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, value))
}

export function usePreview(message: Schemas['Message']) {
  const isPossible = 'speechSynthesis' in window
  const [playing, setPlaying] = useState<string>()
  // Nobody is talked at by a page that was left.
  useEffect(() => () => window.speechSynthesis?.cancel(), [])
  function stop() {
    window.speechSynthesis.cancel()
    setPlaying(undefined)
  }
  function play(id: string, text: string) {
    stop()
    const spoken = new SpeechSynthesisUtterance(text)
    spoken.lang = message.language ?? 'en-US'
    spoken.rate = within((message.rate_percent ?? 100) / 100, RATE)
    spoken.pitch = within(1 + (message.pitch_percent ?? 0) / 100, PITCH)
    spoken.onend = () => setPlaying(current => (current === id ? undefined : current))
    spoken.onerror = spoken.onend
    setPlaying(id)
    window.speechSynthesis.speak(spoken)
  }
  return { isPossible, playing, play, stop }
}
