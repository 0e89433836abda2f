// The dialer that people would assemble: graphile-worker over PostgreSQL, Fastify, the vendor's SDK.
// Settings come from the environment. It calls everybody once, prints one line of JSON, and ends when stdin does.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Logger, run, runMigrations } from 'graphile-worker'
import { carrier } from './carrier.mjs'
import { Store } from './store.mjs'
import { web } from './web.mjs'

const JOBS_AT_ONCE = 32
// One event loop: with more calls in flight it accepts connections too late, and the system resets them.
const CALLS_AT_ONCE_MAX = 100
const BACKLOG = 4_096
const CLAIM_MAX = 100
const CLAIM_EVERY_MS = 20
const QUIET_MS = 1_000
const GIVE_UP_MS = 120_000
// The vendor's documented way to have a webhook repeated after a broken connection.
const REPEAT = '#rc=3&rp=all'

const env = (name) => process.env[name] ?? fail(`${name} is not set`)
function fail(message) {
  throw new Error(message)
}

const calls = Number(env('CALLS'))
const callsAtOnceMax = Math.min(Number(env('CALLS_AT_ONCE')), CALLS_AT_ONCE_MAX)
const accountSid = env('ACCOUNT_SID')
const authToken = env('AUTH_TOKEN')
const publicUrl = env('PUBLIC_URL')
const connectionString = env('DATABASE_URL')

const store = new Store(connectionString)
const client = carrier({ accountSid, authToken, base: env('CARRIER_URL') })
const seen = { inFlight: 0, ended: 0, claimed: 0, refused: 0, webhooks: 0, answeredAt: 0 }

async function dial({ recipient, phone }) {
  const token = randomUUID()
  await store.reserve(recipient, token)
  const call = await client.calls.create({
    to: phone,
    from: env('CALLER_ID'),
    url: `${publicUrl}/voice/${token}${REPEAT}`,
    statusCallback: `${publicUrl}/status/${token}${REPEAT}`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    timeout: 30,
  })
  await store.accepted(token, call.sid)
}

async function claimUntilDone(startedAt) {
  while (seen.ended + seen.refused < calls) {
    if (performance.now() - startedAt > GIVE_UP_MS) fail(`gave up: ${JSON.stringify(seen)}`)
    const free = Math.min(callsAtOnceMax - seen.inFlight, CLAIM_MAX)
    const claimed = free > 0 ? await store.claim(free) : 0
    seen.inFlight += claimed
    if (claimed < CLAIM_MAX) await new Promise((resolve) => setTimeout(resolve, CLAIM_EVERY_MS))
  }
}

async function quiet() {
  while (performance.now() - seen.answeredAt < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, 50))
}

const app = web({
  store,
  authToken,
  publicUrl,
  onAnswered: () => {
    seen.webhooks += 1
    seen.answeredAt = performance.now()
  },
  onEnded: () => {
    seen.ended += 1
    seen.inFlight -= 1
  },
})

// Standard output belongs to the harness.
const logger = new Logger(() => (level, message) => level === 'error' && process.stderr.write(`${message}\n`))
await runMigrations({ connectionString, logger })
await store.prepare(calls)
await app.listen({ host: '127.0.0.1', port: Number(env('PORT')), backlog: BACKLOG })
const worker = await run({
  preset: {
    worker: {
      connectionString,
      concurrentJobs: JOBS_AT_ONCE,
      maxPoolSize: JOBS_AT_ONCE + 2,
      pollInterval: 100,
      localQueue: { size: JOBS_AT_ONCE * 2 },
      completeJobBatchDelay: 0,
    },
  },
  logger,
  noHandleSignals: true,
  taskList: {
    dial: async (payload) => {
      try {
        await dial(payload)
      } catch (error) {
        seen.refused += 1
        seen.inFlight -= 1
        process.stderr.write(`refused: ${error.message}\n`)
      }
    },
  },
})

process.stdout.write('ready\n')
await once(process.stdin, 'data')
const startedAt = performance.now()
await claimUntilDone(startedAt)
await quiet()
const { ended, counted } = await store.ledger()
const seconds = (seen.answeredAt - startedAt) / 1_000
process.stdout.write(`${JSON.stringify({ calls: ended, counted, refused: seen.refused, webhooks: seen.webhooks, seconds })}\n`)
process.stdin.resume()
await once(process.stdin, 'end')
await worker.stop()
await app.close()
await store.pool.end()
