/** Lets one cue be heard, and says when it is over. Speaks where the browser can, else takes the time that it would. */
import type { Cue } from './cues'
import { utterancePitch, utteranceRate, voiceFor } from './voices'

/** Some browsers forget to say that a sentence is over: then it is, after this many times its length. */
const PATIENCE = 3
const PATIENCE_LEAST_S = 6
const SECOND = 1_000

export function hasSpeech(): boolean {
  return typeof speechSynthesis !== 'undefined' && speechSynthesis.getVoices().length > 0
}

/** Answers with a way to stop it; `ended` is then not called. */
export function perform(cue: Cue, isSilent: boolean, ended: () => void): () => void {
  if (cue.kind === 'play') return playRecording(cue, isSilent, ended)
  if (cue.kind === 'say' && !isSilent && typeof speechSynthesis !== 'undefined') {
    const voice = voiceFor(speechSynthesis.getVoices(), cue.language)
    if (voice) return speak(cue, voice, ended)
  }
  // An agent never comes to a handset: the queue lasts until somebody hangs up.
  if (cue.kind === 'queue') return () => {}
  const timer = setTimeout(ended, cue.seconds * SECOND)
  return () => clearTimeout(timer)
}

function once(ended: () => void) {
  let isDone = false
  return {
    tell() {
      if (!isDone) ended()
      isDone = true
    },
    stop() {
      isDone = true
    },
  }
}

function speak(cue: Cue, voice: SpeechSynthesisVoice, ended: () => void): () => void {
  const { tell, stop } = once(ended)
  const words = new SpeechSynthesisUtterance(cue.text)
  words.voice = voice
  words.lang = voice.lang
  words.rate = utteranceRate(cue.rate)
  words.pitch = utterancePitch(cue.pitch)
  words.onend = tell
  words.onerror = tell
  const timer = setTimeout(tell, Math.max(PATIENCE_LEAST_S, cue.seconds * PATIENCE) * SECOND)
  speechSynthesis.speak(words)
  return () => {
    stop()
    clearTimeout(timer)
    speechSynthesis.cancel()
  }
}

function playRecording(cue: Cue, isSilent: boolean, ended: () => void): () => void {
  const { tell, stop } = once(ended)
  const audio = new Audio(cue.url)
  audio.muted = isSilent
  let timer: ReturnType<typeof setTimeout> | undefined
  /** A recording that cannot be played takes about its time; what it is stands in the text. */
  function wait() {
    timer ??= setTimeout(tell, cue.seconds * SECOND)
  }
  audio.onended = tell
  audio.onerror = wait
  audio.play().catch(wait)
  return () => {
    stop()
    clearTimeout(timer)
    audio.onended = null
    audio.onerror = null
    audio.pause()
  }
}
