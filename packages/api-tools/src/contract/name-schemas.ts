import { z } from 'zod'
import type { NamedSchema } from '../named-schemas.ts'
import type { JsonSchema } from './contract.ts'

type Io = 'input' | 'output'

/** Shorter ones say more where they stand than behind a name. */
const WORTH_A_NAME = 60

/**
 * Writes schemas as JSON Schema (draft 2020-12) with references to the named ones. A schema is known by itself or, within
 * another, by what it says, unless two names say the same.
 */
export function nameSchemas(named: NamedSchema[], io: Io) {
  const nameOf = new Map(named.map(({ name, schema }) => [schema, name]))
  const namesByText = Map.groupBy(named, ({ schema }) => JSON.stringify(plainJson(schema, io)))
  const components: Record<string, JsonSchema> = {}

  const toReference = (name: string, json: JsonSchema): JsonSchema => {
    components[name] ??= mapChildren(json, withReferences)
    return { $ref: `#/${io}s/${name}` }
  }

  function withReferences(json: JsonSchema): JsonSchema {
    const text = JSON.stringify(json)
    const [first, second] = namesByText.get(text) ?? []
    if (first && !second && text.length > WORTH_A_NAME) return toReference(first.name, json)
    return mapChildren(json, withReferences)
  }

  return {
    toJson(schema: z.ZodType): JsonSchema {
      const json = plainJson(schema, io)
      const name = nameOf.get(schema)
      return name === undefined ? withReferences(json) : toReference(name, json)
    },
    used: () => components,
  }
}

function plainJson(schema: z.ZodType, io: Io): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}

/** A schema with each schema directly within it replaced. */
function mapChildren(schema: JsonSchema, replace: (child: JsonSchema) => JsonSchema): JsonSchema {
  const child = (value: unknown) => (isSchema(value) ? replace(value) : value)
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties' && isSchema(value))
        return [key, Object.fromEntries(Object.entries(value).map(([k, v]) => [k, child(v)]))]
      if (holdsList.has(key) && Array.isArray(value)) return [key, value.map(child)]
      return [key, holdsOne.has(key) ? child(value) : value]
    }),
  )
}

const holdsOne = new Set(['items', 'additionalProperties', 'propertyNames'])
const holdsList = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems'])

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
