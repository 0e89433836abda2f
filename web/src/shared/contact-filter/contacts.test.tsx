/** A filter that few of many contacts meet is read on until somebody is found. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, expect, it, vi } from 'vitest'
import { useContacts } from './contacts'
import { NO_FILTER } from './filter'

const { get } = vi.hoisted(() => ({ get: vi.fn() }))
vi.mock('@/api/client', async original => ({
  ...(await original<typeof import('@/api/client')>()),
  client: { GET: get },
}))

type Asked = { params: { query: { cursor?: string } } }

/** The cursors that were asked for. */
const asked: string[] = []

beforeEach(() => {
  asked.length = 0
})

/** A book of these pages, by the cursor that leads to each. */
function bookOf(pages: Record<string, object>) {
  get.mockImplementation((_path: string, { params }: Asked) => {
    const cursor = params.query.cursor ?? 'first'
    asked.push(cursor)
    return Promise.resolve({ data: pages[cursor], response: new Response() })
  })
}

function look() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  )
  return renderHook(() => useContacts({ ...NO_FILTER, q: 'mary' }), { wrapper }).result
}

it('looks at page after page, as one that is loading, and stops at the first with people', async () => {
  bookOf({
    first: { items: [], next_cursor: 'second' },
    second: { items: [], next_cursor: 'third' },
    third: { items: [{ id: 'ann', name: 'Ann' }], next_cursor: 'fourth' },
  })
  const list = look()
  expect(list.current.isPending).toBe(true)
  await waitFor(() => expect(list.current.rows).toHaveLength(1))
  expect(list.current.isPending).toBe(false)
  expect(asked).toEqual(['first', 'second', 'third'])
})

it('says that nobody is found at the end of the book alone', async () => {
  bookOf({ first: { items: [], next_cursor: 'last' }, last: { items: [] } })
  const list = look()
  await waitFor(() => expect(list.current.isPending).toBe(false))
  expect(asked).toEqual(['first', 'last'])
  expect(list.current.rows).toEqual([])
})
