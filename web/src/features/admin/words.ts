/** Words of the server as people read them. Pure. */

/** "the balance is 12 USD" as "The balance is 12 USD." */
export function sentence(text: string): string {
  if (text === '') return ''
  const first = text[0] ?? ''
  const end = /[.!?…]$/.test(text) ? '' : '.'
  return first.toUpperCase() + text.slice(1) + end
}

/** `carrier_latency` as "Carrier latency": for names that have no words here yet. */
export function named(name: string): string {
  const words = name.replaceAll('_', ' ')
  return (words[0] ?? '').toUpperCase() + words.slice(1)
}
