/** Both languages say everything, with the same values in it, and in the manner of the house. */
import { describe, expect, it } from 'vitest'
import { de } from './de'
import { en } from './en'

type Texts = { [key: string]: string | Texts }

/** Every text by its whole key. */
function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[path + key, text] as [string, string]] : flat(text, `${path}${key}.`),
  )
}

const ENGLISH = new Map(flat(en))
const GERMAN = new Map(flat(de))

/** The values that stand in a text, whatever their order. A singular may leave its number out. */
function values(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name))].sort()
}

describe('texts', () => {
  it('have the same keys in both languages', () => {
    expect([...GERMAN.keys()].sort()).toEqual([...ENGLISH.keys()].sort())
  })

  it('hold the same values in both languages', () => {
    const differing = [...ENGLISH].filter(
      ([key, text]) => !key.endsWith('_one') && values(text).join() !== values(GERMAN.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })

  it('have both forms of a number', () => {
    const alone = [...ENGLISH.keys()].filter(
      key => key.endsWith('_one') && !ENGLISH.has(key.replace(/_one$/, '_other')),
    )
    expect(alone).toEqual([])
  })

  it('do not shout and do not apologize', () => {
    const loud = [...ENGLISH, ...GERMAN].filter(([, text]) => /!|\boops\b/i.test(text))
    expect(loud).toEqual([])
  })
})
