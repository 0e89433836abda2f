// Puts a Brotli twin beside each built file that compresses, and prints what the first page weighs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const DIST = new URL('../dist', import.meta.url).pathname
const COMPRESSES = /\.(js|css|html|svg|json|txt)$/
/** Smaller files gain nothing. */
const WORTH_IT = 600
/** P-13: script that the first page needs, compressed. */
const FIRST_PAGE_MAX = 250 * 1024

const sizes = new Map()
for (const name of readdirSync(DIST, { recursive: true })) {
  if (!COMPRESSES.test(name)) continue
  const path = join(DIST, name)
  const content = readFileSync(path)
  if (content.length < WORTH_IT) continue
  const small = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  writeFileSync(`${path}.br`, small)
  sizes.set(`/${name}`, small.length)
}

const page = readFileSync(join(DIST, 'index.html'), 'utf8')
const first = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(match => match[1])
const weight = first.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0)
process.stdout.write(`first page: ${(weight / 1024).toFixed(1)} KiB of script, compressed\n`)
if (weight > FIRST_PAGE_MAX) {
  process.stderr.write(`error: more than ${FIRST_PAGE_MAX / 1024} KiB: load what it does not need by route\n`)
  process.exit(1)
}
