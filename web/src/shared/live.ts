/** Live figures: one stream of server-sent events at the most, and how old what it told is. */
import { useEffect, useState } from 'react'

/** Between the end of a stream and the next try; doubles to the longest. Milliseconds. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 10_000

export type Liveness = {
  connected: boolean
  /** When the stream last told something, or that nothing had changed, milliseconds since 1970. */
  heardAt: number | undefined
}

/** Says that figures were looked at and nothing has changed: what was told is as true as at this moment. */
const HEARTBEAT = 'heartbeat'

/** Calls `tell` for each event of these names, parsed. The stream is opened anew when it breaks. */
export function useEvents(path: string | null, tell: Record<string, (data: unknown) => void>): Liveness {
  const [liveness, setLiveness] = useState<Liveness>({ connected: false, heardAt: undefined })
  const names = Object.keys(tell).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stream depends on the names, not on each render's functions
  useEffect(() => {
    if (path === null) return
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let wait = FIRST_WAIT
    function heard() {
      wait = FIRST_WAIT
      setLiveness({ connected: true, heardAt: Date.now() })
    }
    function open() {
      source = new EventSource(path as string)
      source.onopen = heard
      source.addEventListener(HEARTBEAT, heard)
      for (const name of names.split(' ')) {
        source.addEventListener(name, event => {
          heard()
          tell[name]?.(JSON.parse((event as MessageEvent<string>).data))
        })
      }
      source.onerror = () => {
        source?.close()
        setLiveness(old => ({ ...old, connected: false }))
        timer = setTimeout(open, wait)
        wait = Math.min(wait * 2, LONGEST_WAIT)
      }
    }
    open()
    return () => {
      clearTimeout(timer)
      source?.close()
    }
  }, [path, names])
  return liveness
}
