/** A call's document as a line of cues, each of which takes its time: sentences, recordings, silences, waits for a key. */
import type { Schemas } from '@/api/client'
import { spokenSeconds } from '@/shared/spoken'

export type Step = Schemas['HandsetStep']

export type CueKind = 'say' | 'play' | 'pause' | 'listen' | 'queue' | 'hangup'
export type Cue = {
  kind: CueKind
  text: string
  language: string
  /** 100 is the voice's own speed, 0 its own pitch. */
  rate: number
  pitch: number
  url: string
  /** How long it takes; of speech and recordings only about. */
  seconds: number
  /** Keys are listened for meanwhile. */
  listens: boolean
}

/** What a carrier waits for a key unless the document says otherwise. */
const KEY_WAIT_S = 5
/** Shown for a recording whose length is not known yet. */
const RECORDING_S = 10

function cue(kind: CueKind, listens: boolean, part: Partial<Cue> = {}): Cue {
  return { kind, listens, text: '', language: '', rate: 100, pitch: 0, url: '', seconds: 0, ...part }
}

/** Sentences with what ends them; a text without any is one. */
export function sentencesOf(text: string): string[] {
  const parts = text.match(/[^.!?。]+[.!?。]*["”)]*\s*|[.!?。]+\s*/g) ?? []
  return parts.map(part => part.trim()).filter(part => part !== '')
}

function said(step: Step, listens: boolean): Cue[] {
  const rate = step.rate_percent ?? 100
  return sentencesOf(step.text ?? '').map(text =>
    cue('say', listens, {
      text,
      rate,
      pitch: step.pitch_percent ?? 0,
      language: step.language ?? '',
      seconds: Math.max(1, spokenSeconds(text, rate)),
    }),
  )
}

function cuesOfStep(step: Step, listens: boolean): Cue[] {
  switch (step.kind) {
    case 'say':
      return said(step, listens)
    case 'play':
      return [cue('play', listens, { url: step.url ?? '', seconds: RECORDING_S })]
    case 'pause':
      return [cue('pause', listens, { seconds: step.seconds ?? 1 })]
    case 'gather':
      return [
        ...(step.steps ?? []).flatMap(inner => cuesOfStep(inner, true)),
        cue('listen', true, { seconds: step.timeout_s ?? KEY_WAIT_S }),
      ]
    case 'enqueue':
      return [cue('queue', false, { text: step.text ?? '' })]
    case 'hangup':
      return [cue('hangup', false)]
  }
}

/** Cues in the order in which they are heard; the call ends with the last one, whether the document says so or not. */
export function cuesOf(steps: readonly Step[]): Cue[] {
  const cues = steps.flatMap(step => cuesOfStep(step, false))
  const end = cues.findIndex(it => it.kind === 'hangup' || it.kind === 'queue')
  return end === -1 ? [...cues, cue('hangup', false)] : cues.slice(0, end + 1)
}
