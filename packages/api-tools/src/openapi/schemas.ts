import { ErrorData } from '@galley/contract/errors'
import { z } from 'zod'
import type { NamedSchema } from '../named-schemas.ts'
import type { RestOperation } from '../rest.ts'
import { type JsonSchema, schemaRef } from './document.ts'

/**
 * The named schemas of the contract in one direction, each once, with references between them. What an operation takes
 * or gives that has no name there is called after the operation.
 */
export function namedSchemas(
  io: 'input' | 'output',
  operations: RestOperation[],
  contract: NamedSchema[],
) {
  const names = new Map<unknown, string>()
  const registry = z.registry<{ id: string }>()
  const own = operations.map((operation) => ({
    name: pascal(`${operation.name}.${io}`),
    schema: operation[io],
  }))
  for (const { name, schema } of [...contract, { name: 'Problem', schema: Problem }, ...own]) {
    if (names.has(schema)) continue
    names.set(schema, name)
    registry.add(schema, { id: name })
  }
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (name) => schemaRef(name).$ref,
    override: ({ jsonSchema }) => tidy(jsonSchema),
  })
  const byName: Record<string, JsonSchema> = Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _schema, $id: _id, ...schema }]) => [
      name,
      schema,
    ]),
  )
  return {
    byName,
    nameOf: (schema: z.ZodType) => names.get(schema) ?? '',
  }
}

/** `auth.revokeTokens.output` as `AuthRevokeTokensOutput`. */
const pascal = (name: string) =>
  name.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Leaves out what no reader of a document needs: the bounds of safe integers, the digits of a leap year. */
function tidy(schema: JsonSchema) {
  if (schema.format === 'date-time') delete schema.pattern
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
}

/** The names that `value` refers to, and those that they refer to. */
export function referredTo(value: unknown, schemas: Record<string, JsonSchema>): Set<string> {
  const found = new Set<string>()
  collect(value)
  return found

  function collect(part: unknown) {
    if (typeof part !== 'object' || part === null) return
    for (const [key, child] of Object.entries(part)) {
      const name = key === '$ref' && String(child).split('#/components/schemas/')[1]
      if (!name) collect(child)
      else if (!found.has(name)) {
        found.add(name)
        collect(schemas[name])
      }
    }
  }
}

/** The body of every failed request under `/api/v1` (RFC 9457). */
const Problem = ErrorData.extend({
  /** The address of the page about this reason. */
  type: z.url(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  instance: z.string().optional(),
}).describe(
  'A problem (RFC 9457). `reason` is stable and made for API clients; `fields` names each wrong field; `requestId` finds the request in the log of the server.',
)
