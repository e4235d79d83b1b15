import { z } from 'zod'

/** JSON Schema (draft 2020-12) of what a caller sends or gets; null where there is no schema. */
export function toJsonSchema(schema: unknown, io: 'input' | 'output') {
  if (!(schema instanceof z.ZodType)) return null
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
