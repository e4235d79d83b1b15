import { z } from 'zod'
import type { RestMeta } from '@galley/api/trpc'

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
export function toFields({ method, path, names = {} }: RestMeta, input: z.ZodType): RestField[] {
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
