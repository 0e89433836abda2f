/** Does something at the most so often, and once more after the last wish. */
export type Throttled = { (): void; cancel: () => void }

export function throttle(act: () => void, every: number): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY
  function run() {
    timer = undefined
    last = Date.now()
    act()
  }
  const wish = () => {
    if (timer !== undefined) return
    const wait = last + every - Date.now()
    if (wait <= 0) run()
    else timer = setTimeout(run, wait)
  }
  return Object.assign(wish, { cancel: () => clearTimeout(timer) })
}
