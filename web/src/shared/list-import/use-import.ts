/** One import as the server has it: uploaded, looked at, begun, and followed while it runs. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { body, client, Problem, patiently, type Schemas, upload } from '@/api/client'
import type { Mapping } from './mapping'
import type { Accepted } from './repairs'

export type Import = Schemas['ImportView']

/** Between two looks at an import that runs; none before and after. Milliseconds. */
const FOLLOW = 1_000
/** What the API takes, said before anything is sent. Bytes. */
export const LIST_BYTES_MAX = 50_000_000
export const LIST_TYPES = '.csv,.txt,.tsv,.xlsx,text/csv,text/plain'

/** A file, and of a workbook the sheet that is wanted; the first one when nothing is said. */
export type Chosen = { file: File; sheet?: string }

/** How the list is read and what becomes of its rows. */
export type Wish = {
  mapping: Mapping
  default_country: string
  duplicates: 'skip' | 'update'
  tags: string[]
  mode: 'lenient' | 'strict'
  accepted: Accepted
}

export function useListUpload(department: string | undefined) {
  const [part, setPart] = useState(0)
  const sending = useMutation({
    mutationFn: ({ file, sheet }: Chosen) => {
      setPart(0)
      if (file.size > LIST_BYTES_MAX) throw new Problem(413)
      const fields = { ...(department && { department_id: department }), ...(sheet && { sheet }) }
      return upload<Import>('/api/v1/imports', file, setPart, fields)
    },
  })
  return { sending, part }
}

/** The server asks the host of the sheet, which may take its time. */
export function useSheetFetch(department: string | undefined) {
  return useMutation({
    mutationFn: (link: string) =>
      body(
        client.POST('/api/v1/imports', {
          body: { google_sheet_url: link.trim(), department_id: department },
          fetch: patiently,
        }),
      ),
  })
}

/** Follows an import while it runs; `onEnd` is called once when it ends under our eyes. */
export function useImport(id: string | undefined, onEnd: () => void) {
  const [wasRunning, setWasRunning] = useState(false)
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['imports', id ?? ''],
    enabled: id !== undefined,
    queryFn: () => body(client.GET('/api/v1/imports/{id}', { params: { path: { id: id ?? '' } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? FOLLOW : false),
  })
  const state = query.data?.state
  useEffect(() => {
    if (state === 'running') setWasRunning(true)
    else if (wasRunning && state !== undefined) {
      setWasRunning(false)
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      void queries.invalidateQueries({ queryKey: ['imports'], predicate: it => it.queryKey[1] !== id })
      onEnd()
    }
  }, [state, wasRunning, queries, id, onEnd])
  return query
}

export function useLook(id: string) {
  return useMutation({
    mutationFn: ({ mapping, default_country, duplicates, accepted }: Wish) =>
      body(
        client.POST('/api/v1/imports/{id}/validate', {
          params: { path: { id } },
          body: { mapping: onWire(mapping), default_country, duplicates, ...ofBody(accepted) },
        }),
      ),
  })
}

export function useCommit(id: string, campaign: string | undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ accepted, ...wish }: Wish) =>
      body(
        client.POST('/api/v1/imports/{id}/commit', {
          params: { path: { id } },
          body: { ...wish, ...ofBody(accepted), mapping: onWire(wish.mapping), campaign_id: campaign },
        }),
      ),
    onSuccess: begun => queries.setQueryData(['imports', id], begun),
  })
}

function ofBody({ kinds, rows }: Accepted) {
  return { accept: kinds, accept_rows: rows }
}

/** Nobody looks at a list before it has a column of numbers; without one the server says so. */
function onWire(mapping: Mapping): Mapping & { phone: string } {
  return { ...mapping, phone: mapping.phone ?? '' }
}
