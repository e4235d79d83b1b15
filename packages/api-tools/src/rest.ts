import type { AnyTRPCRouter } from '@trpc/server'
import type { z } from 'zod'
import { listProcedures } from '@galley/api/procedures'
import { pathParameters, toFields, type RestField } from './rest/fields.ts'
import type { Meta, RestMeta } from '@galley/api/trpc'

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
