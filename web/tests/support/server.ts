/** Programs for stories: the demo, or a server with a simulated carrier of its own. All on free ports, in folders of their own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM =
  process.env.CARILLON_BIN ?? fileURLToPath(new URL('../../../target/debug/carillon', import.meta.url))
/** A start may take so long on a busy machine. Milliseconds. */
const READY_WITHIN = 30_000
const LOOK_AGAIN = 100

/** The demo's people. */
export const ADMINISTRATOR = 'admin@example.com'
export const MANAGER = 'manager@example.com'
export const PASSWORD = 'carillon demo'

/** Settings of the program, as variables. */
export type Settings = Record<string, string>

export type Running = {
  url: string
  /** As a crash would: nothing is said, nothing is finished. */
  kill: () => Promise<void>
  /** Ends it and removes its folder. */
  end: () => Promise<void>
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createServer()
    socket.on('error', reject)
    socket.listen(0, '127.0.0.1', () => {
      const address = socket.address()
      socket.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'carillon-pages-'))
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => child.once('exit', () => resolve()))
}

/** Starts a command that serves, and waits until it does. */
async function start(args: string[], env: Record<string, string>, address: { url: string; ready: string }) {
  const said: string[] = []
  const child = spawn(PROGRAM, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => said.push(text.toString()))
  const deadline = Date.now() + READY_WITHIN
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended at once:\n${said.join('')}`)
    const answer = await fetch(address.url + address.ready).catch(() => null)
    if (answer && answer.status < 500) break
    if (Date.now() > deadline) throw new Error(`${args[0]} did not become ready:\n${said.join('')}`)
    await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN))
  }
  return { child, said: () => said.join('') }
}

/** The demo, whose own campaign calls so many people and is soon over; with settings of its own, when a story needs them. */
export async function startDemo(contacts = 12, settings: Settings = {}): Promise<Running> {
  const [port, dir] = [await freePort(), folder()]
  const url = `http://127.0.0.1:${port}`
  const env = { ...settings, CARILLON_LISTEN: `127.0.0.1:${port}`, CARILLON_DATA_DIR: dir }
  const { child } = await start(['demo', '--contacts', String(contacts)], env, { url, ready: '/readyz' })
  return running(url, child, [dir])
}

function running(url: string, child: ChildProcess, folders: string[]): Running {
  const kill = async () => {
    child.kill('SIGKILL')
    await ended(child)
  }
  const end = async () => {
    await kill()
    for (const path of folders) rmSync(path, { recursive: true, force: true })
  }
  return { url, kill, end }
}

/** A server on a folder and a port that outlive it, so that it can be killed and started again. */
export class Installation {
  readonly dir = folder()
  private carrier: Running | undefined
  private constructor(
    readonly port: number,
    private readonly carrierPort: number,
  ) {}

  static async make(): Promise<Installation> {
    const made = new Installation(await freePort(), await freePort())
    const url = `http://127.0.0.1:${made.carrierPort}`
    const env = { CARILLON_LISTEN: `127.0.0.1:${made.carrierPort}` }
    const { child } = await start(['simulate'], env, { url, ready: '/' })
    made.carrier = running(url, child, [])
    return made
  }

  get url() {
    return `http://127.0.0.1:${this.port}`
  }

  private get env() {
    return {
      CARILLON_LISTEN: `127.0.0.1:${this.port}`,
      CARILLON_DATA_DIR: this.dir,
      CARILLON_PUBLIC_URL: this.url,
      CARILLON_TWILIO_BASE_URL: `http://127.0.0.1:${this.carrierPort}`,
      CARILLON_MIN_RETRY_DELAY_S: '1',
    }
  }

  /** A command of the program on this installation; prints what it says. */
  run(args: string[], input = ''): string {
    return execFileSync(PROGRAM, args, { env: { ...process.env, ...this.env }, input }).toString()
  }

  async serve(): Promise<Running> {
    const { child } = await start(['serve'], this.env, { url: this.url, ready: '/readyz' })
    return running(this.url, child, [])
  }

  async end() {
    await this.carrier?.kill()
    rmSync(this.dir, { recursive: true, force: true })
  }
}
