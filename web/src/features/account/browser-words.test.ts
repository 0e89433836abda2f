import { describe, expect, it } from 'vitest'
import { browserOf } from './browser-words'

describe('browserOf', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
      { browser: 'Chrome', system: 'Linux' },
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0',
      { browser: 'Edge', system: 'Windows' },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      { browser: 'Safari', system: 'iPhone' },
    ],
    [
      'Mozilla/5.0 (Android 15; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0',
      { browser: 'Firefox', system: 'Android' },
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Firefox/133.0',
      { browser: 'Firefox', system: 'macOS' },
    ],
  ])('tells browser and system of %s', (userAgent, expected) => {
    expect(browserOf(userAgent)).toEqual(expected)
  })

  it('makes nothing up about programs it does not know', () => {
    expect(browserOf('backup-script/1.0')).toEqual({ browser: undefined, system: undefined })
    expect(browserOf('')).toEqual({ browser: undefined, system: undefined })
  })
})
