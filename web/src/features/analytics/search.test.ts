/** The address of the page, and what it asks the server. */
import { expect, it } from 'vitest'
import { parseSearch, toAsked } from './search'

it('drops what is not known', () => {
  expect(parseSearch({ days: 30, area: 'US-NY', department: 'd1' })).toEqual({
    days: 30,
    area: 'US-NY',
    department: 'd1',
  })
  expect(parseSearch({ days: 31, area: 7 })).toEqual({ days: 90, area: undefined, department: undefined })
})

it('asks for the last days up to today', () => {
  const asked = toAsked({ days: 30, area: 'US-NY' }, Date.parse('2026-11-22T12:00:00Z'))
  expect(asked).toEqual({ from: '2026-10-23', to: '2026-11-22', area: 'US-NY', department_id: undefined })
})
