import type { RestOperation } from '@galley/api/rest'
import { FieldError } from '@galley/contract/errors'
import type { LightMyRequestResponse } from 'fastify'
import { z } from 'zod'
import type { call } from '../call.ts'

/** What a door said, in words that are the same at both. */
export type Said = {
  status: number
  /** The JSON of the answer; none where REST answers without a body. */
  data?: string
  refusal?: { reason: string; code: string; message: string; fields: FieldError[] }
  /** Those that tell what was set, what is left of an allowance, and when to come again. */
  headers: { cookies: string[]; allowance: unknown; left?: string; retryAfter: unknown }
}

type TrpcAnswer = Awaited<ReturnType<typeof call>>
type RestAnswer = Pick<LightMyRequestResponse, 'statusCode' | 'body' | 'cookies' | 'headers'>

const shared = { code: z.string(), reason: z.string(), fields: z.array(FieldError) }

const TrpcDone = z.object({ result: z.object({ data: z.unknown() }) })
const TrpcRefusal = z.object({
  error: z.object({ message: z.string(), data: z.object({ ...shared, httpStatus: z.int() }) }),
})
const Problem = z.object({ ...shared, title: z.string(), status: z.int() })

/** Said by tRPC, with the statuses and the silence that REST has for success. */
export function saidByTrpc({ status, name }: RestOperation, answer: TrpcAnswer): Said {
  const { statusCode, body } = answer
  const headers = headersOf(answer)
  if (statusCode === 200) {
    const { data } = TrpcDone.parse(JSON.parse(body)).result
    return { status, headers, ...(status !== 204 && { data: JSON.stringify(data) }) }
  }
  const { message, data } = TrpcRefusal.parse(JSON.parse(body)).error
  const { httpStatus, ...refusal } = data
  if (httpStatus !== statusCode) throw new Error(`${name} says ${httpStatus} by ${statusCode}`)
  return { status: statusCode, headers, refusal: { message, ...refusal } }
}

export function saidByRest({ name }: RestOperation, answer: RestAnswer): Said {
  const { statusCode, body } = answer
  const headers = headersOf(answer)
  if (statusCode < 300) return { status: statusCode, headers, ...(body !== '' && { data: body }) }
  const { title: message, status, ...refusal } = Problem.parse(JSON.parse(body))
  if (status !== statusCode) throw new Error(`${name} says ${status} by ${statusCode}`)
  return { status, headers, refusal: { message, ...refusal } }
}

/** For two calls of one caller: the second finds less of the allowance. */
export function withoutLeft({ headers, ...said }: Said): Said {
  const { cookies, allowance, retryAfter } = headers
  return { ...said, headers: { cookies, allowance, retryAfter } }
}

const headersOf = ({ cookies, headers }: RestAnswer) => ({
  cookies: cookies.map(({ name }) => name),
  allowance: headers['ratelimit-policy'],
  left: String(headers.ratelimit).replaceAll(/;t=\d+/g, ''),
  retryAfter: headers['retry-after'],
})
