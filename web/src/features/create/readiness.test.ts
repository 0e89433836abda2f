/** What the server has said holds until something newer is known. */
import { describe, expect, it } from 'vitest'
import { gaps, stillSaid } from './readiness'
import { parse } from './template'

const ERRORS = [
  { field: 'message', message: 'write a message' },
  { field: 'caller_ids[1]', message: 'is not one of the carrier’s numbers' },
  { field: 'carrier', message: 'an administrator must set up the carrier first' },
]
const fields = (typed: string[], isOld: boolean) => stillSaid(ERRORS, typed, isOld).map(it => it.field)

describe('stillSaid', () => {
  it('says every cause of the version that is saved', () => {
    expect(fields([], false)).toEqual(['message', 'caller_ids[1]', 'carrier'])
  })

  it('says nothing against what was typed since', () => {
    expect(fields(['caller_ids'], false)).toEqual(['message', 'carrier'])
  })

  it('leaves to the page what it sees itself, until the newer version is looked at', () => {
    expect(fields([], true)).toEqual(['caller_ids[1]', 'carrier'])
  })
})

describe('gaps', () => {
  const said = [
    { field: 'first_name', has_default: false, recipients_without: 37, at_least: false },
    { field: 'plan', has_default: false, recipients_without: 4, at_least: true },
    { field: 'company', has_default: false, recipients_without: 0, at_least: false },
  ]
  const of = (text: string) => gaps(said, parse(text).parts ?? [])

  it('names fields without a default that some have no value for', () => {
    expect(of('{{first_name}} {{plan}} {{company}}')).toEqual([
      { field: 'first_name', people: 37, atLeast: false },
      { field: 'plan', people: 4, atLeast: true },
    ])
  })

  it('is satisfied as soon as the text has a default, or no such field any more', () => {
    expect(of('{{first_name|there}} and {{company}}')).toEqual([])
  })
})
