import { z } from 'zod'
import { pathParameters, toFields, type RestField } from './rest/fields.ts'
import type { Meta, RestMeta } from './trpc.ts'

/** A procedure as programs call it under `/api/v1`. */
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

/** What this module reads of a tRPC router. */
type Router = { _def: { procedures: object } }

/** Every procedure with `meta.rest`, in the router's order. */
export function listRestOperations({ _def: { procedures } }: Router): RestOperation[] {
  return Object.entries(Procedures.parse(procedures)).flatMap(([name, { _def }]) => {
    const { type, meta, inputs, output } = Definition.parse(_def)
    if (!meta.rest || type === 'subscription') return []
    const [input] = inputs
    return [toOperation({ name, kind: type, rest: meta.rest, meta, input, output })]
  })
}

type Declared = Pick<RestOperation, 'name' | 'kind' | 'rest' | 'meta' | 'input' | 'output'>

function toOperation(declared: Declared): RestOperation {
  const { name, rest, input } = declared
  const fields = toFields(rest, input)
  const known = new Set(fields.map((field) => field.name))
  const unknown = pathParameters(rest.path).filter((parameter) => !known.has(parameter))
  if (unknown.length > 0) throw new Error(`${name} takes no ${unknown.join(', ')}: ${rest.path}`)
  const { method, path, status = 200 } = rest
  return { ...declared, method, path, status, fields }
}

const Procedures = z.record(z.string(), z.custom<{ _def: unknown }>())

const Schema = z.instanceof(z.ZodType)

/** tRPC types a procedure's definition for its own use; these are what `.input()` and its like fill. */
const Definition = z.object({
  type: z.enum(['query', 'mutation', 'subscription']),
  meta: z.custom<Meta>((value) => typeof value === 'object'),
  inputs: z.tuple([Schema]).rest(Schema),
  output: Schema,
})
