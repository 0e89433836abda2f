/** A window that closes goes on showing what it was about, until it is gone. */
import { useState } from 'react'

/** The value, or the last one that was there. */
export function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState(value)
  if (value !== null && value !== last) setLast(value)
  return value ?? last
}
