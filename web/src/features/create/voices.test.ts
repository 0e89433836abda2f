/** Who speaks what, and what a voice can't do. */
import { describe, expect, it } from 'vitest'
import { languagesOf, nameOf, speakersOf, spokenBy, successor, type Voice } from './voices'

const voice = (name: string, languages: string[], more: Partial<Voice>): Voice => ({
  name,
  languages,
  gender: 'female',
  engine: 'neural',
  has_rate: true,
  has_pitch: false,
  ...more,
})
const JOANNA = voice('Polly.Joanna-Neural', ['en-US'], {})
const JOEY = voice('Polly.Joey', ['en-US'], { gender: 'male', engine: 'standard', has_pitch: true })
const RUTH = voice('Polly.Ruth-Generative', ['en-US'], { engine: 'generative', has_rate: false })
const HANS = voice('Polly.Hans', ['de-DE'], { gender: 'male', engine: 'standard' })
const ADITI = voice('Polly.Aditi', ['en-IN', 'hi-IN'], { engine: 'standard' })
const ALL = [RUTH, JOEY, JOANNA, HANS, ADITI]

describe('choices', () => {
  it('lists languages by name', () => {
    expect(languagesOf(ALL, 'en-US').map(it => it.value)).toEqual(['en-IN', 'en-US', 'de-DE', 'hi-IN'])
  })

  it('does not fall over a language that the browser does not know', () => {
    expect(languagesOf([voice('x', ['not_a_tag'], {})], 'en-US')[0]?.label).toBe('not_a_tag')
  })

  it('puts plain voices first and filters by gender', () => {
    expect(speakersOf(ALL, 'en-US', 'any').map(it => it.name)).toEqual([JOANNA.name, JOEY.name, RUTH.name])
    expect(speakersOf(ALL, 'en-US', 'male')).toEqual([JOEY])
    expect(speakersOf(ALL, 'hi-IN', 'any')).toEqual([ADITI])
  })

  it('calls voices by their names', () => {
    expect(['Polly.Joanna-Neural', 'Polly.Joey', 'Google.en-US-Chirp3-HD-Kore', 'alice'].map(nameOf)).toEqual(
      ['Joanna', 'Joey', 'Kore', 'alice'],
    )
  })
})

describe('another voice', () => {
  const message = { kind: 'tts', text: 'Hi', rate_percent: 120, pitch_percent: -20 }

  it('keeps the speed and pitch that it has', () => {
    expect(spokenBy(message, JOEY, 'en-US')).toMatchObject({ rate_percent: 120, pitch_percent: -20 })
    expect(spokenBy(message, JOANNA, 'en-US')).toMatchObject({ rate_percent: 120, pitch_percent: 0 })
    expect(spokenBy(message, RUTH, 'en-US')).toMatchObject({
      rate_percent: 100,
      pitch_percent: 0,
      text: 'Hi',
    })
  })

  it('is of the same gender in another language, where there is one', () => {
    expect(successor(ALL, 'de-DE', JOANNA)).toBe(HANS)
    expect(successor(ALL, 'en-US', HANS)).toBe(JOEY)
    expect(successor(ALL, 'fr-FR', HANS)).toBeUndefined()
  })
})
