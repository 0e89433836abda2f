/** The time of the page: one timer for all that say how long ago something was. */
import { useSyncExternalStore } from 'react'

/** How often relative times are said anew. Milliseconds. */
const TICK = 1_000

let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const readers = new Set<() => void>()

function subscribe(reader: () => void) {
  readers.add(reader)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const tell of readers) tell()
  }, TICK)
  return () => {
    readers.delete(reader)
    if (readers.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** Milliseconds since 1970, a second old at the most. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
