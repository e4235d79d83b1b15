import type { RawRequest } from '../raw.ts'
import type { Setup } from '../setups.ts'

export type Case = RawRequest & { setup: Setup }

type More = Partial<RawRequest> & { setup?: Setup }

const query = (input: unknown) => encodeURIComponent(JSON.stringify(input))

/** A query, or what looks like one. */
export function get(path: string, input?: unknown, { setup = 'plain', ...more }: More = {}): Case {
  const search = input === undefined ? '' : `?input=${query(input)}`
  return { setup, target: `/trpc/${path}${search}`, ...more }
}

/** A batch of queries. */
export function getBatch(paths: string, inputs?: unknown, more: More = {}): Case {
  const search = inputs === undefined ? '' : `&input=${query(inputs)}`
  return get(`${paths}?batch=1${search}`, undefined, more)
}

/** A request with a JSON body; a string is sent as it is. */
export function post(path: string, body?: unknown, { setup = 'plain', ...more }: More = {}): Case {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  const headers = { 'content-type': 'application/json', ...more.headers }
  return { setup, method: 'POST', target: `/trpc/${path}`, body: text, ...more, headers }
}

export const postBatch = (paths: string, body?: unknown, more: More = {}) =>
  post(`${paths}?batch=1`, body, more)
