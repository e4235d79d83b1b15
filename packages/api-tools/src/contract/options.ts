import type { JsonSchema } from './contract.ts'

/** One of the kinds of values that a schema lets through; most schemas have one. */
export type Option = { schema: JsonSchema; name: string | undefined }

/** What a reference within `contract.json` means. */
export function resolve(schema: JsonSchema, components: Record<string, JsonSchema>): Option {
  const name = schema.$ref?.match(/^#\/(?:inputs|outputs)\/(\w+)$/)?.[1]
  const named = name === undefined ? undefined : components[name]
  return named ? { schema: named, name } : { schema, name: undefined }
}

/** A schema as its alternatives: of unions, and of `type: [string, null]`. */
export function optionsOf(
  schema: JsonSchema,
  components: Record<string, JsonSchema>,
  name?: string,
): Option[] {
  const { anyOf, oneOf, ...shared } = schema
  const alternatives = anyOf ?? oneOf
  if (alternatives)
    return alternatives.flatMap((alternative) => {
      const resolved = resolve(toSchema(alternative), components)
      return optionsOf({ ...shared, ...resolved.schema }, components, resolved.name)
    })
  const { type } = schema
  if (!Array.isArray(type)) return [{ schema, name }]
  return type.map((single) => ({ schema: { ...schema, type: single }, name }))
}

export const toSchema = (schema: JsonSchema | boolean): JsonSchema => {
  if (typeof schema !== 'boolean') return schema
  return schema ? {} : { not: {} }
}

/** What two options of a union must share to be compared: the type, and of objects what tells them apart. */
export function kindOf(option: Option): string {
  const tags = Object.entries(option.schema.properties ?? {}).flatMap(([name, property]) => {
    const value = toSchema(property).const
    return value === undefined ? [] : [`${name} ${JSON.stringify(value)}`]
  })
  return [typeOf(option), ...tags].join(' with ')
}

export function typeOf({ schema }: Option): string {
  const { type } = schema
  if (type === 'integer') return 'number'
  if (typeof type === 'string') return type
  const [value = schema.const] = schema.enum ?? []
  if (value === undefined) return 'anything'
  return value === null ? 'null' : typeof value
}
