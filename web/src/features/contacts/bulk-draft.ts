/** What is to be done with many contacts, as a form holds it. Pure. */
import { type CustomField, kindOf } from '@/shared/custom-fields'
import type { BulkAct } from './bulk-queries'

export type BulkWish = { tag: string; field: string; value: string }

export const NO_WISH: BulkWish = { tag: '', field: '', value: '' }

/** Fields that every contact has and that many may be given at once; custom ones are `custom.KEY`. */
export const SETTABLE = ['company', 'language', 'timezone', 'postal_code', 'state', 'notes'] as const

export function isWhole(act: BulkAct, wish: BulkWish): boolean {
  if (act === 'delete') return true
  return act === 'set_field' ? wish.field !== '' : wish.tag.trim() !== ''
}

/** The definition of the field that is set, when it has one. */
export function definitionOf(field: string, fields: CustomField[]): CustomField | undefined {
  return fields.find(it => `custom.${it.key}` === field)
}

/** The value as the API takes it: yes and no are no texts; nothing empties the field. */
export function wishedValue({ field, value }: BulkWish, fields: CustomField[]): string | boolean | undefined {
  if (value === '') return undefined
  const definition = definitionOf(field, fields)
  return definition && kindOf(definition) === 'checkbox' ? value === 'true' : value
}
