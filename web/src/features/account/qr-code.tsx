/** A text as a picture that a phone reads. Dark on white in both themes, since cameras want it so. */
import { useMemo } from 'react'
import { encode } from 'uqr'
import classes from './account.module.css'

/** Empty cells around it, without which it is not found. */
const BORDER = 2

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { border: BORDER })
    const cells = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    return { size, path: cells.join('') }
  }, [text])
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} className={classes.qr}>
      <path d={path} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  )
}
