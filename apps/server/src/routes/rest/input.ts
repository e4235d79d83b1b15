import type { RestOperation, JsonSchema, RestField } from '@galley/api-tools/rest'
import type { FieldError } from '@galley/contract/errors'
import { AppError } from '@galley/platform/errors'
import type { FastifyRequest } from 'fastify'
import { checkJson } from '../../json/check-json.ts'

export type RestRoute = {
  Params: Record<string, string>
  Querystring: Record<string, string | string[]>
}
export type RestRequest = FastifyRequest<RestRoute>

type Given = { name: string; in: RestField['in']; value: unknown }

/**
 * Path, query, body and the `version` that `If-Match` stands for as the one input of the procedure, whose strict schema does the rest. Here is
 * refused what a merge would hide: a field in another place than its own, or given twice.
 */
export function readInput(
  { fields, rest }: RestOperation,
  request: RestRequest,
  version?: number | 'any',
): unknown {
  const given = givenBy(request, fields)
  const known = new Map(fields.map((field) => [field.name, field]))
  const wrong = given.flatMap((one) => toProblem(one, known.get(one.name)))
  const input = new Map(
    given.map(({ name, value }) => [name, coerce(known.get(name), value)] as const),
  )
  if (typeof version === 'number' && input.has('version')) {
    wrong.push({ path: 'version', message: 'Given twice: here and in If-Match.' })
  }
  if (!rest.versioned && request.method !== 'GET' && (request.headers['if-match'] ?? '*') !== '*') {
    wrong.push({ path: 'if-match', message: 'This has no version to hold it against.' })
  }
  if (wrong.length > 0) throw new AppError('request/invalid', { fields: wrong })
  // Where it may be left out, none is any.
  const isNeeded = known.get('version')?.required === true && !input.has('version')
  if (typeof version === 'number' || (version === 'any' && isNeeded)) input.set('version', version)
  return Object.fromEntries(input)
}

const givenBy = ({ params, query, body }: RestRequest, fields: RestField[]): Given[] => [
  ...fields.flatMap(({ name, as, in: place }) =>
    place === 'path' ? [{ name, in: place, value: params[as] }] : [],
  ),
  ...Object.entries(query).map(([name, value]) => ({ name, in: 'query' as const, value })),
  ...Object.entries(readBody(body)).map(([name, value]) => ({ name, in: 'body' as const, value })),
]

function readBody(text: unknown): object {
  if (typeof text !== 'string' || text.trim() === '') return {}
  checkJson(text)
  const body = parseJson(text)
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  throw new AppError('request/invalid', {
    fields: [{ path: '', message: 'Must be a JSON object.' }],
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('request/malformed', { cause })
  }
}

function toProblem(given: Given, field: RestField | undefined): FieldError[] {
  const { name: path } = given
  if (!field) return [] // the schema names it, beside all else that is wrong
  if (field.in !== given.in) return [{ path, message: `Belongs in the ${field.in}.` }]
  if (given.in === 'query' && Array.isArray(given.value) && !takesMany(field)) {
    return [{ path, message: 'Given more than once.' }]
  }
  return []
}

/** Whether the parameter may be repeated. */
const takesMany = ({ schema }: RestField) => schema.type === 'array'

/**
 * A parameter of the address, which is text, as what the field's schema asks for. What is no number stays text, for
 * the schema to refuse.
 */
function coerce(field: RestField | undefined, value: unknown): unknown {
  if (!field || field.in === 'body') return value
  if (takesMany(field)) return [value].flat().map((item) => toType(itemOf(field.schema), item))
  return toType(field.schema, value)
}

const itemOf = ({ items }: JsonSchema): JsonSchema =>
  typeof items === 'object' && !Array.isArray(items) ? items : {}

function toType({ type }: JsonSchema, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (type === 'integer' || type === 'number') {
    return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  }
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  return value
}
