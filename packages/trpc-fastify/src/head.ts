import type { ResponseMeta } from '@trpc/server/http'
import type { FastifyReply } from 'fastify'

const VARY = 'trpc-accept, accept'
export const JSON_TYPE = 'application/json'
/** What the Fetch standard gives to a text that names no type. */
const TEXT_TYPE = 'text/plain;charset=UTF-8'

/** Status and headers of an answer while it is made. */
export type Head = {
  status: number
  /** Nothing until the calls have run: what goes wrong around them is answered as text. */
  type?: typeof JSON_TYPE
  /** All headers, once `responseMeta` has given some. */
  headers?: Headers
}

/** Takes over what `responseMeta` gives: `Headers` are added to what is there, a plain object replaces. */
export function addMeta(head: Head, { status, headers: given }: ResponseMeta) {
  if (given) {
    const headers = (head.headers ??= firstHeaders(head))
    if (given instanceof Headers) given.forEach((value, name) => headers.append(name, value))
    else setAll(headers, given)
  }
  if (status) head.status = status
}

const firstHeaders = ({ type }: Head) =>
  new Headers({ vary: VARY, ...(type && { 'content-type': type }) })

function setAll(headers: Headers, given: Exclude<ResponseMeta['headers'], Headers | undefined>) {
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'string') headers.set(name, value)
    else value?.forEach((one) => headers.append(name, one))
  }
}

/** Puts the head on the reply; a status that no `Response` can have is an error, as it is with tRPC's own handler. */
export function applyHead({ status, type, headers }: Head, reply: FastifyReply, body: string) {
  reply.code(isOrdinary(status) ? status : new Response(body, { status }).status)
  if (!headers) {
    reply.header('vary', VARY)
    reply.header('content-type', type ?? TEXT_TYPE)
    return
  }
  if (!headers.has('content-type')) headers.set('content-type', TEXT_TYPE)
  for (const [name, value] of headers) reply.header(name, value)
}

const isOrdinary = (status: number) =>
  status === 200 || status === 207 || (Number.isInteger(status) && status >= 400 && status < 600)
