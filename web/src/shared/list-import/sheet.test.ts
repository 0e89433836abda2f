/** Every refusal of a sheet has words of ours, for whatever the server's source says. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Problem } from '@/api/client'
import { domainSource } from '@/testing/rust'
import { faultIn, isListSource, sourceOf, waitOf } from './sheet'

/** The words of the errors that stand for a person; our own disk is not the link's fault. */
function refusals(source: string): string[] {
  const found = [...source.matchAll(/#\[error\(\s*"((?:[^"\\]|\\.)*)"/g)].map(it => it[1] ?? '')
  return found
    .map(it => it.replaceAll('\\"', '"'))
    .filter(it => !it.startsWith('the sheet cannot be written'))
}

describe('a refusal', () => {
  it.each([
    ['of a link', domainSource('import/sheet_url')],
    ['of a sheet', readFileSync('../crates/server/src/sheets.rs', 'utf8')],
  ])('%s is known in each of the server’s words', (_, source) => {
    const said = refusals(source)
    expect(said.length).toBeGreaterThan(10)
    expect(said.filter(it => faultIn(it) === undefined)).toEqual([])
  })

  it('tells apart what begins alike', () => {
    expect(faultIn('is a link to a Google Doc, not to a sheet: open the sheet')).toBe('notASheet')
    expect(faultIn('is a link to a folder: open the sheet in it')).toBe('folder')
    expect(faultIn('leads to no such tab: open the tab')).toBe('noSuchTab')
    expect(faultIn('row 2: a quote is never closed')).toBeUndefined()
  })

  it('of the eleventh sheet says when the next one can be fetched, in minutes', () => {
    expect(waitOf(new Problem(429, {}, 3541))).toBe(3600)
    expect(waitOf(new Problem(429, {}, 1))).toBe(1)
    expect(waitOf(new Problem(429))).toBe(60)
    expect(waitOf(new Problem(422, {}, 9))).toBeUndefined()
    expect(waitOf(new Error('x'))).toBeUndefined()
  })
})

describe('a source', () => {
  it('is a file unless the server says that it is a sheet', () => {
    expect(sourceOf({ source: 'google_sheet' })).toBe('sheets')
    expect(sourceOf({ source: 'file' })).toBe('csv')
  })

  it('in an address is one of two words', () => {
    expect(['csv', 'sheets', 'book', 4, undefined].map(isListSource)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
