/** Codes of the server that have words here. What is not known is shown as the server says it, in English. Pure. */
import type { Schemas } from '@/api/client'
import { en } from '@/i18n/en'
import { figureValue } from './figures'

type Words = typeof en.admin

/** Whether there are words for a code, so that its key may be used. */
function isWordOf<Group extends 'finding' | 'mend' | 'aim'>(
  group: Group,
  code: string,
): code is keyof Words[Group] & string {
  return Object.hasOwn(en.admin[group], code)
}

export function findingWord(code: string) {
  return isWordOf('finding', code) ? code : undefined
}

export function mendWord(code: string) {
  return isWordOf('mend', code) ? code : undefined
}

type Aim = Pick<Schemas['HealthFigure'], 'target_code' | 'target_value' | 'unit'>

/** The target's word and its bound with the unit; nothing for one that speaks of a bound and has none. */
export function aimOf({ target_code: code, target_value: value, unit }: Aim, locale: string) {
  if (!isWordOf('aim', code)) return undefined
  const bound = value === null || value === undefined ? undefined : figureValue({ value, unit }, locale)
  if (bound === undefined && en.admin.aim[code].includes('{{bound}}')) return undefined
  return { word: code, bound: bound ?? '' }
}
