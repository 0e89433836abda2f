/** The library of recordings: asked for, added to, taken from. Their addresses are good for some minutes only. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { body, client, done, Problem, type Schemas, upload } from '@/api/client'
import { PAGE_ROWS } from './paged'

export type Audio = Schemas['AudioView']

const AUDIO = ['audio']
/** Below the life of the addresses, so that a player always finds its file. Milliseconds. */
const ASK_AGAIN = 120_000

/** What the API takes, said before anything is sent. Bytes. */
export const AUDIO_BYTES_MAX = 10_000_000
export const AUDIO_TYPES = '.mp3,.wav,audio/mpeg,audio/wav,audio/x-wav'

export function useAudio(enabled = true) {
  const query = useInfiniteQuery({
    queryKey: AUDIO,
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      body(client.GET('/api/v1/audio', { params: { query: { limit: PAGE_ROWS, cursor } } })),
    getNextPageParam: last => last.next_cursor ?? undefined,
    staleTime: ASK_AGAIN,
    refetchInterval: ASK_AGAIN,
  })
  const rows: Audio[] = query.data?.pages.flatMap(page => page.items) ?? []
  return { ...query, rows }
}

/** Sends a file; `part` is how much of it has arrived, from 0 to 1. */
export function useAudioUpload(department: string | undefined) {
  const queries = useQueryClient()
  const [part, setPart] = useState(0)
  const sending = useMutation({
    mutationFn: (file: File) => {
      setPart(0)
      if (file.size > AUDIO_BYTES_MAX) throw new Problem(413)
      return upload<Audio>('/api/v1/audio', file, setPart, department ? { department_id: department } : {})
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: AUDIO }),
  })
  return { sending, part }
}

export async function removeAudio(id: string): Promise<void> {
  await done(client.DELETE('/api/v1/audio/{id}', { params: { path: { id } } }))
}
