/** The API as typed calls. Every failure is a `Problem` whose words can be shown. */
import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']
type FieldProblem = { field: string; message: string }

/** Whether a path such as `retry.delays_s[0]` leads to a field or into it. */
export function isWithin(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`)
}

/** Nothing answers within this: the server is taken to be gone. Milliseconds. */
const ANSWERS_WITHIN = 30_000
/** The same where the server itself waits for somebody else: it gives up first, and says why. Milliseconds. */
const ANSWERS_LATER_WITHIN = 120_000

/** What went wrong, as the server or the network says it. `status` 0: no answer at all. */
export class Problem extends Error {
  readonly status: number
  override readonly name: string
  readonly fields: FieldProblem[]
  readonly state: string | undefined
  readonly actions: string[]
  readonly current: unknown
  readonly retryAfter: number | undefined

  constructor(status: number, body: Partial<Schemas['Problem']> = {}, retryAfter?: number) {
    super(body.detail ?? body.title ?? '')
    this.status = status
    this.name = body.type?.replace('/problems/', '') ?? (status === 0 ? 'no-answer' : 'unexpected')
    this.fields = body.errors ?? []
    this.state = body.state ?? undefined
    this.actions = body.actions ?? []
    this.current = body.current
    this.retryAfter = retryAfter
  }

  /** What is wrong with a field, or with a part of it. */
  of(field: string): string | undefined {
    return this.fields.find(it => isWithin(it.field, field))?.message
  }
}

async function answered(request: Request, within = ANSWERS_WITHIN): Promise<Response> {
  try {
    return await fetch(request, {
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(within)]),
    })
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new Problem(0)
  }
}

/** As the `fetch` of a request: waits longer, since the server has to ask somebody else. */
export function patiently(request: Request): Promise<Response> {
  return answered(request, ANSWERS_LATER_WITHIN)
}

export const client = createClient<paths>({ fetch: request => answered(request) })

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body of an answer, or the problem it tells, thrown. */
export async function body<T>(answer: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await answer
  if (!response.ok) throw problemOf(response, error)
  return data as NonNullable<T>
}

/** The same for answers without a body. */
export async function done(answer: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await answer
  if (!response.ok) throw problemOf(response, error)
}

function problemOf(response: Response, error: unknown): Problem {
  const wait = Number(response.headers.get('retry-after'))
  const told = typeof error === 'object' && error !== null ? error : {}
  return new Problem(response.status, told, Number.isFinite(wait) && wait > 0 ? wait : undefined)
}

/** Sends a file in a form, with texts beside it and with progress, and answers like `body`. */
export function upload<T>(
  path: string,
  file: File,
  onProgress: (part: number) => void,
  texts: Record<string, string> = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'json'
    request.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onerror = () => reject(new Problem(0))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T)
      else reject(new Problem(request.status, request.response ?? {}))
    }
    const form = new FormData()
    for (const [name, text] of Object.entries(texts)) form.append(name, text)
    form.append('file', file)
    request.send(form)
  })
}
