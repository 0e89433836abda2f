/** Which of the browser's voices stands in for the carrier's: the language decides, then the region. */
type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'default'>

function parts(tag: string): { language: string; region: string } {
  const [language = '', region = ''] = tag.replace('_', '-').toLowerCase().split('-')
  return { language, region }
}

/** The best voice for a language; none when the browser has no voice that speaks it. */
export function voiceFor<V extends Voice>(voices: readonly V[], tag: string): V | undefined {
  const wanted = parts(tag === '' ? 'en-US' : tag)
  const speaks = voices.filter(voice => parts(voice.lang).language === wanted.language)
  const score = (voice: V) =>
    Number(parts(voice.lang).region === wanted.region) * 4 +
    Number(voice.localService) * 2 +
    Number(voice.default)
  return [...speaks].sort((a, b) => score(b) - score(a))[0]
}

/** A rate of 100 and a pitch of 0 are a voice's own; browsers count from 1, between 0.1 and 10, and 0 and 2. */
export function utteranceRate(percent: number): number {
  return Math.min(10, Math.max(0.1, percent / 100))
}

export function utterancePitch(percent: number): number {
  return Math.min(2, Math.max(0, 1 + percent / 100))
}
