/** Voices as choices, and what becomes of a message when another one speaks it. Pure. */
import type { Schemas } from '@/api/client'

export type Voice = Schemas['VoiceView']
export type Gender = Voice['gender']
type Message = Schemas['Message']

/** From what sounds most natural at a plain price; generative voices cost more and take no instructions. */
const ENGINES: readonly Voice['engine'][] = ['neural', 'standard', 'basic', 'generative']

/** Every language that somebody speaks, by its name in the reader's language. */
export function languagesOf(voices: Voice[], locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'language', languageDisplay: 'standard' })
  const codes = [...new Set(voices.flatMap(voice => voice.languages))]
  const label = (code: string) => {
    try {
      return names.of(code) ?? code
    } catch {
      // The carrier has codes that browsers do not know.
      return code
    }
  }
  return codes
    .map(value => ({ value, label: label(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale))
}

/** Those who speak a language, of one gender or of both, plain ones first. */
export function speakersOf(voices: Voice[], language: string, gender: Gender | 'any'): Voice[] {
  return voices
    .filter(voice => voice.languages.includes(language) && (gender === 'any' || voice.gender === gender))
    .sort((a, b) => ENGINES.indexOf(a.engine) - ENGINES.indexOf(b.engine) || a.name.localeCompare(b.name))
}

/** "Joanna" of `Polly.Joanna-Neural`, "Kore" of `Google.en-US-Chirp3-HD-Kore`. */
export function nameOf(voice: string): string {
  if (voice.startsWith('Google.')) return voice.split('-').at(-1) ?? voice
  return voice.replace(/^Polly\./, '').replace(/-(Neural|Generative)$/, '')
}

/** The message as this voice speaks it: what it cannot do goes back to its own speed and pitch. */
export function spokenBy(message: Message, voice: Voice, language: string): Message {
  return {
    ...message,
    voice: voice.name,
    language,
    rate_percent: voice.has_rate ? (message.rate_percent ?? 100) : 100,
    pitch_percent: voice.has_pitch ? (message.pitch_percent ?? 0) : 0,
  }
}

/** The voice that takes over in another language: of the same gender, where there is one. */
export function successor(voices: Voice[], language: string, before: Voice | undefined): Voice | undefined {
  const alike = before ? speakersOf(voices, language, before.gender) : []
  return alike[0] ?? speakersOf(voices, language, 'any')[0]
}
