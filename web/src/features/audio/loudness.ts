/** How loud a recording is for a telephone, in a word. Pure. */

/** Mean levels at which people ask "what?", and at which the line distorts. Decibels below full scale. */
const QUIET_DBFS = -32
const LOUD_DBFS = -10

export type Loudness = 'quiet' | 'fine' | 'loud'

export function loudnessOf(dbfs: number): Loudness {
  if (dbfs < QUIET_DBFS) return 'quiet'
  return dbfs > LOUD_DBFS ? 'loud' : 'fine'
}
