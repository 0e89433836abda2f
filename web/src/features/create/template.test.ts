/** The same table as the tests of the domain crate's template. */
import { describe, expect, it } from 'vitest'
import {
  fallbackFor,
  fieldsOf,
  giveDefault,
  insert,
  type MergeFields,
  parse,
  type Rendered,
  render,
} from './template'

function rendered(text: string, fields: MergeFields): Rendered {
  const { parts } = parse(text)
  if (!parts) throw new Error(`not a template: ${text}`)
  return render(parts, fields)
}

describe('render', () => {
  const ann = { first_name: 'Ann', plan: 'Gold' }
  it.each([
    ['Hello {{first_name}}.', 'Hello Ann.'],
    ['Hello {{ first_name | there }}.', 'Hello Ann.'],
    ['Hello {{last_name|there}}, your plan is {{plan}}', 'Hello there, your plan is Gold'],
    ['{{plan}}{{plan}}', 'GoldGold'],
    ['{one} brace } each {', '{one} brace } each {'],
    ['no field', 'no field'],
  ])('%s', (template, expected) => {
    expect(rendered(template, ann)).toEqual({ text: expected, missing: [], isCut: false })
  })

  it('names missing fields once', () => {
    expect(rendered('{{a}} {{b|}} {{a}} {{c}}', { c: '  ' }).missing).toEqual(['a', 'c'])
  })

  it('takes values as data', () => {
    const hostile = '{{secret}} </Say><Dial>+19005550143</Dial> &#0; ]]>'
    expect(rendered('Hello {{name}}!', { name: hostile, secret: 'no' }).text).toBe(`Hello ${hostile}!`)
    expect(rendered('Hi {{name}}', { name: 'A\0nn\u0007\uffff\nLee' }).text).toBe('Hi Ann Lee')
  })

  it('keeps within bounds', () => {
    const long = 'x'.repeat(100_000)
    expect(rendered('{{a}}', { a: long }).text).toHaveLength(500)
    const cut = rendered(`${'x'.repeat(2_900)}{{a}}`, { a: long })
    expect(cut.isCut).toBe(true)
    expect(cut.text).toHaveLength(3_000)
  })
})

describe('parse', () => {
  it.each([
    ['Hé {{name', { word: 'notClosed', position: 4 }],
    ['Hé name}}', { word: 'notOpened', position: 8 }],
    ['{{a {{b}}', { word: 'nested', position: 5 }],
    ['{{}}', { word: 'badName', name: '', position: 1 }],
    ['x {{first name}}', { word: 'badName', name: 'first name', position: 3 }],
    ['{{1st}}', { word: 'badName', name: '1st', position: 1 }],
    ['{{näme}}', { word: 'badName', name: 'näme', position: 1 }],
    ['é'.repeat(3_001), { word: 'tooLong', max: 3_000 }],
  ])('says the place: %.20s', (text, error) => {
    expect(parse(text)).toEqual({ error })
  })

  it('counts characters, not bytes', () => {
    expect(parse('é'.repeat(3_000)).error).toBeUndefined()
    expect(parse('😀😀 }}').error).toEqual({ word: 'notOpened', position: 4 })
  })

  it('finds each field once', () => {
    expect(fieldsOf(parse('{{a}} {{b}} {{a}}').parts ?? [])).toEqual(['a', 'b'])
  })
})

describe('insert', () => {
  it('puts a field where the cursor is, over what is selected', () => {
    expect(insert('Hello , bye', 'first_name', 6, 6)).toEqual({ text: 'Hello {{first_name}}, bye', at: 20 })
    expect(insert('Hello X', 'name', 6, 7)).toEqual({ text: 'Hello {{name}}', at: 14 })
  })
})

describe('giveDefault', () => {
  it('fills every bare use and leaves those that have one', () => {
    const given = giveDefault(
      'Hi {{first_name}}, {{ first_name }} or {{first_name|you}}',
      'first_name',
      'there',
    )
    expect(given.text).toBe('Hi {{first_name|there}}, {{first_name|there}} or {{first_name|you}}')
    expect(given.text.slice(0, given.at)).toBe('Hi {{first_name|there')
  })

  it('puts the cursor where a default is to be written', () => {
    const { text, at } = giveDefault('Your {{plan}} plan', 'plan', '')
    expect([text.slice(0, at), text.slice(at)]).toEqual(['Your {{plan|', '}} plan'])
  })

  it('proposes words only where they always fit', () => {
    expect([fallbackFor('first_name', 'en-GB'), fallbackFor('plan', 'en-US')]).toEqual(['there', ''])
    expect(fallbackFor('first_name', 'de-DE')).toBe('')
  })
})
