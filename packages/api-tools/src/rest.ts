import { listProcedures } from '@galley/api/procedures'
import type { Meta, RestMeta } from '@galley/api/trpc'
import type { AnyTRPCRouter } from '@trpc/server'
import { z } from 'zod'

/** A procedure as API clients call it under `/api/v1`. */
export type RestOperation = {
  /** Of the procedure: `articles.publish`. */
  name: string
  method: RestMeta['method']
  /** Below `/api/v1`, with fields in braces: `/articles/{id}/publish`. */
  path: string
  status: 200 | 201 | 202 | 204
  kind: 'query' | 'mutation'
  /** The one strict schema that path, query and body are merged into. */
  input: z.ZodType
  output: z.ZodType
  /** Each field of the input, and where in the request it is looked for. */
  fields: RestField[]
  rest: RestMeta
  meta: Meta
}

/** Every procedure with `meta.rest`, in the router's order. */
export function listRestOperations(router: AnyTRPCRouter): RestOperation[] {
  return listProcedures(router).flatMap(({ path: name, type: kind, meta, input, output }) =>
    meta.rest && kind !== 'subscription'
      ? [toOperation({ name, kind, rest: meta.rest, meta, input, output })]
      : [],
  )
}

type Declared = Pick<RestOperation, 'name' | 'kind' | 'rest' | 'meta' | 'input' | 'output'>

/** What an operation says of itself, with where in a request its fields are. */
export function toOperation(declared: Declared): RestOperation {
  const { name, rest, input } = declared
  const fields = toFields(rest, input)
  const known = new Set(fields.map((field) => field.as))
  const unknown = pathParameters(rest.path).filter((parameter) => !known.has(parameter))
  if (unknown.length > 0) throw new Error(`${name} takes no ${unknown.join(', ')}: ${rest.path}`)
  const { method, path, status = 200 } = rest
  return { ...declared, method, path, status, fields }
}

/** One field of an operation's input. */
export type RestField = {
  name: string
  /** What the address calls it; its name unless the operation says otherwise. */
  as: string
  /** Reads and deletions have no body (RFC 9110, 9.3.1 and 9.3.5). */
  in: 'path' | 'query' | 'body'
  required: boolean
  /** JSON Schema (draft 2020-12) of what may be sent. */
  schema: JsonSchema
}

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** The fields named in a path: `id` in `/articles/{id}/publish`. */
export const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]))

/** The fields of a strict input schema, each with the part of the request that holds it. */
function toFields({ method, path, names = {} }: RestMeta, input: z.ZodType): RestField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
  })
  const inPath = new Set(pathParameters(path))
  const elsewhere = method === 'GET' || method === 'DELETE' ? 'query' : 'body'
  return Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === 'boolean'
      ? []
      : [
          {
            name,
            as: names[name] ?? name,
            in: inPath.has(names[name] ?? name) ? 'path' : elsewhere,
            required: required.includes(name),
            schema,
          } as const,
        ],
  )
}
