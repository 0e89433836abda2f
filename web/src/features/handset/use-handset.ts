/** The state machine with its effects: the server is asked for documents, cues are performed, keys are sent. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useRef, useState } from 'react'
import { body, client, Problem, type Schemas } from '@/api/client'
import { perform } from './perform'
import { IDLE, listens, play } from './player'

/** How long it rings before somebody picks up. Milliseconds. */
const RINGS = 1_200

export type Heard = Schemas['HandsetView']
export type Whom = { recipient_id?: string; phone?: string }

export function useHandset(id: string, isSilent: boolean) {
  const queries = useQueryClient()
  const [player, tell] = useReducer(play, IDLE)
  const [heard, setHeard] = useState<Heard>()
  const silent = useRef(isSilent)
  silent.current = isSilent
  const calling = useMutation({
    mutationFn: (whom: Whom) =>
      body(client.POST('/api/v1/campaigns/{id}/handset', { params: { path: { id } }, body: whom })),
    onSuccess: view => {
      setHeard(view)
      tell({ type: 'called', steps: view.steps })
    },
  })
  const pressing = useMutation({
    mutationFn: ({ session, digit }: { session: string; digit: string }) =>
      body(
        client.POST('/api/v1/campaigns/{id}/handset/{session}/keys', {
          params: { path: { id, session } },
          body: { digit },
        }),
      ),
    onSuccess: view => {
      setHeard(view)
      tell({ type: 'answered', steps: view.steps })
      if (view.opt_out) void queries.invalidateQueries({ queryKey: ['do-not-call'] })
    },
    onError: () => tell({ type: 'notAnswered' }),
  })
  useEffect(() => {
    if (player.phase !== 'ringing') return
    const timer = setTimeout(() => tell({ type: 'pickedUp' }), RINGS)
    return () => clearTimeout(timer)
  }, [player.phase])
  const { phase, round, at } = player
  const cue = phase === 'talking' ? player.cues[at] : undefined
  useEffect(() => {
    if (!cue) return
    return perform(cue, silent.current, () => tell({ type: 'cueEnded', round, at }))
  }, [cue, round, at])
  function press(key: string) {
    if (listens(player) && heard) pressing.mutate({ session: heard.session, digit: key })
    tell({ type: 'pressed', key })
  }
  function call(whom: Whom) {
    pressing.reset()
    calling.mutate(whom)
  }
  return {
    player,
    heard,
    call,
    press,
    hangUp: () => tell({ type: 'hungUp' }),
    isAsking: calling.isPending,
    error: calling.error ?? pressing.error,
    /** The call was begun too long ago for its keys to be understood. */
    isExpired: pressing.error instanceof Problem && pressing.error.status === 404,
  }
}
