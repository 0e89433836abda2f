/** How long a text takes to say, about. Mirrors `spoken_seconds` in `crates/domain/src/message.rs`. */

/** Signs that are syllables: kana, Chinese characters, hangul. */
const SYLLABLE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/

/** Voices speak some fifteen letters a second, read digits one by one, and breathe between sentences. */
function millisecondsOf(sign: string): number {
  if (sign >= '0' && sign <= '9') return 350
  if ('.!?。'.includes(sign)) return 400
  if (',;:、'.includes(sign)) return 200
  return SYLLABLE.test(sign) ? 180 : 67
}

export function spokenSeconds(text: string, ratePercent = 100): number {
  const milliseconds = Array.from(text).reduce((sum, sign) => sum + millisecondsOf(sign), 0)
  return Math.ceil(Math.floor(milliseconds / 10) / Math.max(1, ratePercent))
}
