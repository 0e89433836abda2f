/** A draft is saved when typing rests; refusals, conflicts and a server that is gone lose nothing. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/api/client'
import type { Campaign } from './draft'
import { useDraft } from './use-draft'

const { patch } = vi.hoisted(() => ({ patch: vi.fn() }))
vi.mock('@/api/client', async original => ({
  ...(await original<typeof import('@/api/client')>()),
  client: { PATCH: patch },
}))

const SERVER = { id: 'c', version: 1, name: 'Old', description: '', message: null } as unknown as Campaign
const ok = (campaign: Partial<Campaign>) =>
  Promise.resolve({ data: { ...SERVER, ...campaign }, response: new Response() })
const no = (status: number, error: object) =>
  Promise.resolve({ error, response: new Response(null, { status }) })

function start() {
  const queries = new QueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  )
  return renderHook(() => useDraft(SERVER), { wrapper })
}

/** Typing rests, and what was sent is answered. */
const rest = () => act(() => vi.advanceTimersByTimeAsync(2_000))
const sent = (call: number) => patch.mock.calls[call]?.[1].body

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  patch.mockReset()
})

describe('useDraft', () => {
  it('shows what was typed at once and saves it when typing rests', async () => {
    patch.mockImplementation(() => ok({ version: 2, name: 'New' }))
    const { result } = start()
    act(() => result.current.change({ name: 'Ne' }))
    act(() => result.current.change({ name: 'New' }))
    expect(result.current.campaign.name).toBe('New')
    expect(patch).not.toHaveBeenCalled()
    await rest()
    expect(patch).toHaveBeenCalledTimes(1)
    expect(sent(0)).toEqual({ name: 'New', version: 1 })
    expect(result.current.saving.state).toBe('saved')
  })

  it('sends with the version that the last answer told', async () => {
    patch.mockImplementationOnce(() => ok({ version: 2 })).mockImplementationOnce(() => ok({ version: 3 }))
    const { result } = start()
    act(() => result.current.change({ name: 'New' }))
    await rest()
    act(() => result.current.change({ description: 'Why' }))
    await rest()
    expect(sent(1)).toEqual({ description: 'Why', version: 2 })
  })

  it('says what was refused beside its field, and saves the rest', async () => {
    const errors = [{ field: 'name', message: 'must not be empty' }]
    patch
      .mockImplementationOnce(() => no(422, { type: '/problems/invalid', errors }))
      .mockImplementationOnce(() => ok({ version: 2 }))
    const { result } = start()
    act(() => result.current.change({ name: '', description: 'Why' }))
    await rest()
    expect(sent(1)).toEqual({ description: 'Why', version: 1 })
    expect(result.current.problemOf('name')).toBe('must not be empty')
    expect(result.current.campaign.name).toBe('')
  })

  it('stops at a conflict, and then keeps what was typed over the newer version', async () => {
    const current = { ...SERVER, version: 7, description: 'Theirs' }
    patch
      .mockImplementationOnce(() => no(409, { type: '/problems/version-conflict', current }))
      .mockImplementationOnce(() => ok({ version: 8, name: 'Mine' }))
    const { result } = start()
    act(() => result.current.change({ name: 'Mine' }))
    await rest()
    expect(result.current.saving.state).toBe('conflict')
    act(() => result.current.change({ name: 'Mine, too' }))
    await rest()
    expect(patch).toHaveBeenCalledTimes(1)
    await act(async () => result.current.settle('keep'))
    expect(sent(1)).toEqual({ name: 'Mine, too', version: 7 })
  })

  it('or gives it up for the newer version', async () => {
    const current = { ...SERVER, version: 7, name: 'Theirs' }
    patch.mockImplementationOnce(() => no(409, { type: '/problems/version-conflict', current }))
    const { result } = start()
    act(() => result.current.change({ name: 'Mine' }))
    await rest()
    await act(async () => result.current.settle('load'))
    expect(patch).toHaveBeenCalledTimes(1)
    expect(result.current.draft.typed).toEqual({})
  })

  it('keeps what was typed while nobody answers, and tells a launch so', async () => {
    patch
      .mockImplementationOnce(() => Promise.reject(new Problem(0)))
      .mockImplementation(() => ok({ version: 2 }))
    const { result } = start()
    act(() => result.current.change({ name: 'New' }))
    await rest()
    expect(result.current.saving.state).toBe('failed')
    expect(result.current.campaign.name).toBe('New')
    let isSaved = false
    await act(async () => {
      isSaved = await result.current.flush()
    })
    expect(isSaved).toBe(true)
  })
})
