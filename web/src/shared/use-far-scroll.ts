/** Binds `far.ts` to a scrolling element: how tall the list is drawn, how far its rows are shifted, what is in sight. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useRef, useState } from 'react'
import { BEGINNING, drawn, moved } from './far'

/** How long after its last event scrolling counts as ended, milliseconds. */
const AT_REST_AFTER = 150

type Tell = (offset: number, isScrolling: boolean) => void

export function useFarScroll(total: number) {
  const [shift, setShift] = useState(0)
  const place = useRef(BEGINNING)
  const height = useRef(total)
  height.current = total
  const observe = useCallback((list: Virtualizer<HTMLDivElement, Element>, tell: Tell) => {
    const element = list.scrollElement
    if (!element) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const scrolled = () => {
      const top = element.scrollTop
      place.current = moved(place.current, top, height.current, element.clientHeight)
      if (place.current.top !== top) element.scrollTop = place.current.top
      const offset = place.current.top + place.current.shift
      setShift(place.current.shift)
      tell(offset, true)
      clearTimeout(timer)
      timer = setTimeout(() => tell(offset, false), AT_REST_AFTER)
    }
    tell(place.current.top + place.current.shift, false)
    element.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      clearTimeout(timer)
      element.removeEventListener('scroll', scrolled)
    }
  }, [])
  return { height: drawn(total), shift, observe }
}
