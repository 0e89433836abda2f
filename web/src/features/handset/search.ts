/** Whom the handset is, in the address: a recipient, or nobody in particular. */
import { useNavigate, useSearch } from '@tanstack/react-router'

export function parseSearch(raw: Record<string, unknown>): { recipient: string | undefined } {
  return { recipient: typeof raw.recipient === 'string' && raw.recipient !== '' ? raw.recipient : undefined }
}

export function useHandsetSearch(): [string | undefined, (recipient: string | undefined) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const { recipient } = parseSearch(raw)
  return [
    recipient,
    next => void navigate({ to: '.', search: () => (next ? { recipient: next } : {}), replace: true }),
  ]
}
