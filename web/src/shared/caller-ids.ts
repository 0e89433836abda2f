/** The numbers that campaigns may call from; the default first said by name where none is chosen. */
import { useQuery } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'

export type CallerId = Schemas['CallerId']

export const CALLER_IDS = ['caller-ids']

export function useCallerIds() {
  return useQuery({
    queryKey: CALLER_IDS,
    queryFn: async () => (await body(client.GET('/api/v1/caller-ids'))).items,
  })
}

/** The number of campaigns that choose none; undefined while nothing is known, or when there is none. */
export function defaultNumber(numbers: CallerId[] | undefined): string | undefined {
  return numbers?.find(it => it.is_default)?.number
}

/** What can be chosen: the carrier's numbers, and those that were chosen and are not the carrier's any more. */
export function offered(numbers: CallerId[], chosen: string[]): { number: string; mark: NumberMark }[] {
  const known = numbers.map(({ number, is_default }) => ({
    number,
    mark: is_default ? ('default' as const) : undefined,
  }))
  const gone = chosen
    .filter(number => !numbers.some(it => it.number === number))
    .map(number => ({ number, mark: 'gone' as const }))
  return [...known, ...gone]
}

export type NumberMark = 'default' | 'gone' | undefined
