/** A draft as it is edited: shown at once, saved when typing rests or a field is left, conflicts said. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { body, client, Problem } from '@/api/client'
import {
  type Campaign,
  changed,
  type Draft,
  isUnsent,
  NOTHING_TYPED,
  onWire,
  refused,
  shown,
  type Typed,
  taken,
  unsent,
} from './draft'

/** How long typing rests before it is saved. Milliseconds. */
const REST = 800

export type Saving =
  | { state: 'idle' | 'saving' }
  | { state: 'saved'; at: number }
  | { state: 'failed'; error: unknown }
  | { state: 'conflict'; current: Campaign }

export type Editing = {
  campaign: Campaign
  draft: Draft
  saving: Saving
  change: (change: Typed) => void
  /** Saves what is left; true when everything is on the server. */
  flush: () => Promise<boolean>
  /** Ends a conflict: the newer version as it is, or with what was typed here over it. */
  settle: (how: 'load' | 'keep') => void
  /** What is wrong with a member or a part of it. */
  problemOf: (field: string) => string | undefined
}

export function useDraft(server: Campaign): Editing {
  const [draft, setDraft] = useState(NOTHING_TYPED)
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const { latest, put, save } = useSaver(server, setDraft, setSaving)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const change = useCallback(
    (part: Typed) => {
      put(changed(latest.current.draft, part))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), REST)
    },
    [latest, put, save],
  )
  const flush = useCallback(() => {
    clearTimeout(timer.current)
    return save()
  }, [save])
  const settle = useCallback(
    (how: 'load' | 'keep') => {
      setSaving({ state: 'idle' })
      latest.current.isStuck = false
      if (how === 'load') put(NOTHING_TYPED)
      else void save()
    },
    [latest, put, save],
  )
  // Whoever leaves the page leaves nothing behind.
  useEffect(() => () => void flush(), [flush])
  useLeaveWarning(isUnsent(draft))
  return {
    campaign: shown(server, draft),
    draft,
    saving,
    change,
    flush,
    settle,
    problemOf: field =>
      draft.problems.find(
        it => it.field === field || it.field.startsWith(`${field}.`) || it.field.startsWith(`${field}[`),
      )?.message,
  }
}

/** One request at a time, each with the newest version; what is typed meanwhile goes with the next one. */
function useSaver(server: Campaign, setDraft: (draft: Draft) => void, setSaving: (saving: Saving) => void) {
  const queries = useQueryClient()
  const latest = useRef({ draft: NOTHING_TYPED, version: server.version, isStuck: false })
  const running = useRef<Promise<boolean>>(undefined)
  // Another window, or the stream, may have told of a newer version than this page has saved.
  latest.current.version = Math.max(latest.current.version, server.version)
  const put = useCallback(
    (draft: Draft) => {
      latest.current.draft = draft
      setDraft(draft)
    },
    [setDraft],
  )
  const keep = useCallback(
    (campaign: Campaign) => {
      latest.current.version = campaign.version
      queries.setQueryData(['campaign', campaign.id], campaign)
    },
    [queries],
  )
  const send = useCallback(async (): Promise<boolean> => {
    while (!latest.current.isStuck && isUnsent(latest.current.draft)) {
      const members = unsent(latest.current.draft)
      setSaving({ state: 'saving' })
      try {
        keep(await patch(server.id, latest.current.version, members))
        put(taken(latest.current.draft, members))
        setSaving({ state: 'saved', at: Date.now() })
      } catch (error) {
        if (error instanceof Problem && error.status === 422) {
          put(refused(latest.current.draft, members, error.fields))
          setSaving({ state: 'failed', error })
        } else if (error instanceof Problem && error.name === 'version-conflict' && error.current) {
          // The document calls it an object; it is the campaign that was edited.
          const current = error.current as Campaign
          latest.current.isStuck = true
          keep(current)
          setSaving({ state: 'conflict', current })
        } else {
          setSaving({ state: 'failed', error })
          return false
        }
      }
    }
    return !latest.current.isStuck && Object.keys(latest.current.draft.held).length === 0
  }, [server.id, keep, put, setSaving])
  const save = useCallback(() => {
    running.current = (running.current ?? Promise.resolve(true)).then(send)
    return running.current
  }, [send])
  return { latest, put, save }
}

function patch(id: string, version: number, members: Typed): Promise<Campaign> {
  return body(
    client.PATCH('/api/v1/campaigns/{id}', {
      params: { path: { id } },
      body: { ...onWire(members), version },
    }),
  )
}

/** The browser asks before it closes a page with something unsaved. */
function useLeaveWarning(isNeeded: boolean) {
  useEffect(() => {
    if (!isNeeded) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isNeeded])
}
