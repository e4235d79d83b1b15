import type { RestOperation } from '@galley/api-tools/rest'
import { FieldError } from '@galley/contract/errors'
import type { LightMyRequestResponse } from 'fastify'
import { z } from 'zod'
import type { call } from '../call.ts'

/** What a call returned over one transport, in terms that are the same for both. */
export type Outcome = {
  status: number
  /** The JSON of the response; none where REST has no body. */
  data?: string
  refusal?: { reason: string; code: string; message: string; fields: FieldError[] }
  /** The cookies that were set, what is left of an allowance, and when to retry. */
  headers: { cookies: string[]; allowance: unknown; left?: string; retryAfter: unknown }
}

type TrpcResponse = Awaited<ReturnType<typeof call>>
type RestResponse = Pick<LightMyRequestResponse, 'statusCode' | 'body' | 'cookies' | 'headers'>

const shared = { code: z.string(), reason: z.string(), fields: z.array(FieldError) }

const TrpcDone = z.object({ result: z.object({ data: z.unknown() }) })
const TrpcRefusal = z.object({
  error: z.object({ message: z.string(), data: z.object({ ...shared, httpStatus: z.int() }) }),
})
const Problem = z.object({ ...shared, title: z.string(), status: z.int() })

/** Over tRPC, with the status and the names of fields that REST has, and no data where REST has no body. */
export function outcomeByTrpc(
  { status, name, fields }: RestOperation,
  response: TrpcResponse,
): Outcome {
  const { statusCode, body } = response
  const headers = headersOf(response)
  if (statusCode === 200) {
    const { data } = TrpcDone.parse(JSON.parse(body)).result
    return { status, headers, ...(status !== 204 && { data: JSON.stringify(data) }) }
  }
  const { message, data } = TrpcRefusal.parse(JSON.parse(body)).error
  const { httpStatus, ...refusal } = data
  const asWritten = new Map(fields.map((field) => [field.name, field.as]))
  if (httpStatus !== statusCode)
    throw new Error(`${name} has ${httpStatus} in a body of status ${statusCode}`)
  const wrong = refusal.fields.map((field) => ({
    ...field,
    path: asWritten.get(field.path) ?? field.path,
  }))
  return { status: statusCode, headers, refusal: { message, ...refusal, fields: wrong } }
}

export function outcomeByRest({ name }: RestOperation, response: RestResponse): Outcome {
  const { statusCode, body } = response
  const headers = headersOf(response)
  if (statusCode < 300) return { status: statusCode, headers, ...(body !== '' && { data: body }) }
  const { title: message, status, ...refusal } = Problem.parse(JSON.parse(body))
  if (status !== statusCode)
    throw new Error(`${name} has ${status} in a body of status ${statusCode}`)
  return { status, headers, refusal: { message, ...refusal } }
}

/** For two calls of one caller: the second finds less of the allowance. */
export function withoutLeft({ headers, ...outcome }: Outcome): Outcome {
  const { cookies, allowance, retryAfter } = headers
  return { ...outcome, headers: { cookies, allowance, retryAfter } }
}

const headersOf = ({ cookies, headers }: RestResponse) => ({
  cookies: cookies.map(({ name }) => name),
  allowance: String(headers.ratelimit).match(/"[^"]+"/g),
  left: String(headers.ratelimit).replaceAll(/;t=\d+/g, ''),
  retryAfter: headers['retry-after'],
})
