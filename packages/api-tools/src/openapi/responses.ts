import { STATUS_CODES } from 'node:http'
import { ErrorData, errorReasons, type ErrorReason } from '@galley/contract/errors'
import { z } from 'zod'
import type { RestOperation } from '../rest.ts'
import { responseRef, schemaRef, type JsonSchema, type Response } from './document.ts'
import { examplesOf } from './examples-of.ts'
import { pickHeaders, refusalHeaders, successHeaders } from './headers.ts'
import type { OperationExample } from '@galley/api/docs'
import { isStale, refusalsOf } from './refusals.ts'

type Given = { operation: RestOperation; examples: OperationExample[]; output: string }

const descriptionOf = (status: RestOperation['status']) =>
  ({ 201: 'Made; `Location` says where.', 202: 'Started; `Location` is the job.' })[
    status as 201
  ] ?? 'Done.'

/** The responses to what was in order. */
export function successesOf({ operation, examples, output }: Given): Record<string, Response> {
  const { method, status } = operation
  const headers = successHeaders(operation, isPage(operation))
  if (status === 204) return { 204: { description: 'Done.', headers } }
  const shown = examplesOf(examples, ({ response }) => response)
  const success: Response = {
    description: descriptionOf(status),
    headers,
    content: { 'application/json': { schema: schemaRef(output), examples: shown } },
  }
  if (method !== 'GET') return { [status]: success }
  const unchanged = {
    description: 'The same as the response that `If-None-Match` names.',
    headers: pickHeaders('Cache-Control', 'ETag', 'X-Request-Id'),
  }
  return { [status]: success, 304: unchanged }
}

const isPage = ({ output }: RestOperation) =>
  output instanceof z.ZodObject && 'items' in output.shape && 'page' in output.shape

/** The responses to what was refused: those that many operations share by name, others with their reasons. */
export function refusedOf(operation: RestOperation, own: ErrorReason[]) {
  return Object.fromEntries(
    [...refusalsOf(operation, own)].map(([status, reasons]) => {
      const shared = sharedByText.get(textOf(status, reasons))
      return [status, shared === undefined ? refusal(status, reasons) : responseRef(shared)]
    }),
  )
}

const sharedReasons: [string, number, ErrorReason[]][] = [
  ['Unauthorized', 401, ['token/invalid', 'session/required']],
  ['TokenInvalid', 401, ['token/invalid']],
  ['ScopeMissing', 403, ['token/scope-missing']],
  ['PreconditionFailed', 412, ErrorData.shape.reason.options.filter(isStale)],
  ['ContentTooLarge', 413, ['request/too-large']],
  ['UriTooLong', 414, ['request/too-large']],
  ['UnsupportedMediaType', 415, ['request/unsupported-media-type']],
  ['IdempotencyKeyReused', 422, ['request/idempotency-key-reused']],
  ['TooManyRequests', 429, ['request/rate-limited']],
  ['InternalServerError', 500, ['server/internal']],
  ['ServiceUnavailable', 503, ['server/unavailable']],
]

/** Under `components`. */
export const sharedResponses: Record<string, Response> = Object.fromEntries(
  sharedReasons.map(([name, status, reasons]) => [name, refusal(status, reasons)]),
)

const sharedByText = new Map(
  sharedReasons.map(([name, status, reasons]) => [textOf(status, reasons), name]),
)

function textOf(status: number, reasons: ErrorReason[]) {
  return `${status} ${reasons.toSorted().join(' ')}`
}

function refusal(status: number, reasons: ErrorReason[]): Response {
  const lines = reasons.map((reason) => `- \`${reason}\`: ${errorReasons[reason].message}`)
  return {
    description: `${STATUS_CODES[status]}\n\n${lines.join('\n')}`,
    headers: refusalHeaders(status),
    content: { 'application/problem+json': { schema: problemSchema(status, reasons) } },
  }
}

function problemSchema(status: number, reasons: ErrorReason[]): JsonSchema {
  const narrowed = { status: { const: status }, reason: { type: 'string' as const, enum: reasons } }
  return { allOf: [schemaRef('Problem'), { type: 'object', properties: narrowed }] }
}
