/**
 * Scrolling a list that is taller than the tallest element a browser draws (Firefox: 17.8 million pixels, Chromium:
 * 33.5). The list is drawn shorter than it is and shifted: small steps move row by row, and a drag of the scroll bar
 * jumps in proportion. Heights and places are pixels.
 */

/** The tallest that a list is drawn. */
export const DRAWN_MAX = 8_000_000
/** A drawn list is cut into so many sections; within one the shift stays as it is. */
const SECTIONS = 100

/** Where a list stands: its scroll bar's place, and how far its rows are shifted up. */
export type Place = { top: number; shift: number }

export const BEGINNING: Place = { top: 0, shift: 0 }

/** How tall a list of this height is drawn. */
export function drawn(total: number): number {
  return Math.min(total, DRAWN_MAX)
}

/** The shift at a place in the whole list: none in the first section, all of what is not drawn in the last. */
function shiftAt(place: number, total: number): number {
  const section = DRAWN_MAX / SECTIONS
  const sections = Math.ceil(total / section)
  return Math.round((Math.floor(place / section) * (total - DRAWN_MAX)) / (sections - 1))
}

/** Where a list stands once its scroll bar has come from a place to `top`. A `top` other than that is to be set. */
export function moved(from: Place, top: number, total: number, view: number): Place {
  if (total <= DRAWN_MAX) return { top, shift: 0 }
  if (Math.abs(top - from.top) >= view) {
    const place = (top / (DRAWN_MAX - view)) * (total - view)
    return { top, shift: shiftAt(place, total) }
  }
  const place = Math.min(Math.max(top + from.shift, 0), total - view)
  const shift = shiftAt(place, total)
  return { top: place - shift, shift }
}
