import type { z } from 'zod'
import type { HttpClient, HttpResponse } from './client.ts'
import { HttpError } from './error.ts'

type Init = {
  method?: string
  headers?: Record<string, string>
  body?: unknown
}

/**
 * The client in the shape of `fetch`, for libraries that bring their own requests. Bodies are text or form fields.
 * `deadline`, on the clock of `performance.now()`, holds for all requests together.
 */
export function fetchThrough(client: HttpClient, { deadline }: { deadline?: number } = {}) {
  return async (url: string, { method = 'GET', headers = {}, body }: Init = {}) => {
    const text = body === undefined || body === null ? undefined : toText(body)
    const sent = await client.send({
      url,
      method,
      headers,
      ...(text !== undefined && { body: text }),
      ...(deadline !== undefined && { timeoutMs: Math.max(1, deadline - performance.now()) }),
    })
    const hasBody = ![204, 205, 304].includes(sent.status)
    const response = new Response(hasBody ? sent.body : null, sent)
    // Libraries compare it with what they asked for.
    Object.defineProperty(response, 'url', { value: url })
    return response
  }
}

function toText(body: unknown): string {
  if (typeof body === 'string' || body instanceof URLSearchParams) return String(body)
  throw new TypeError('Only text and form fields can be sent')
}

/** The body as JSON of this shape. Throws HttpError `invalid` for any other, without quoting it. */
export function readJson<Output>(response: HttpResponse, schema: z.ZodType<Output>): Output {
  const parsed = schema.safeParse(parse(response.body))
  if (parsed.success) return parsed.data
  throw new HttpError('invalid', 'The response is not what was expected')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
