import type { JsonSchema, RestField } from '@galley/api-tools/rest/fields'

/** Whether the parameter may be repeated. */
export const takesMany = ({ schema }: RestField) => schema.type === 'array'

/**
 * A parameter of the address, which is text, as what the field's schema asks for. What is no number stays text, for
 * the schema to refuse.
 */
export function coerce(field: RestField | undefined, value: unknown): unknown {
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
