/** The voice is chosen by language first. */
import { expect, it } from 'vitest'
import { utterancePitch, utteranceRate, voiceFor } from './voices'

const voice = (lang: string, localService = true, isDefault = false) => ({
  lang,
  localService,
  default: isDefault,
})

it('prefers the region, then a voice that needs no network', () => {
  const voices = [voice('en-GB'), voice('en-US', false), voice('en-US'), voice('de-DE', true, true)]
  expect(voiceFor(voices, 'en-US')).toBe(voices[2])
  expect(voiceFor(voices, 'en-GB')).toBe(voices[0])
  expect(voiceFor(voices, 'en-AU')).toBe(voices[0])
})

it('reads tags with underscores, and American English when there is none', () => {
  const voices = [voice('de_DE'), voice('en_US')]
  expect(voiceFor(voices, 'de-DE')).toBe(voices[0])
  expect(voiceFor(voices, '')).toBe(voices[1])
})

it('finds no voice for a language that the browser does not speak', () => {
  expect(voiceFor([voice('en-US')], 'ja-JP')).toBeUndefined()
})

it('counts speed and pitch as browsers do', () => {
  expect([utteranceRate(100), utteranceRate(50), utteranceRate(5000)]).toEqual([1, 0.5, 10])
  expect([utterancePitch(0), utterancePitch(-50), utterancePitch(500)]).toEqual([1, 0.5, 2])
})
