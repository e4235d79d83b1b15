import type { z } from 'zod'

/** Which side of a schema: what a caller may send, or what it gets. They differ by defaults and transforms. */
export type Side = 'input' | 'output'

/** What a schema is called in the file, undefined where it is written out. */
export type NameOf = (schema: z.core.$ZodType, side: Side) => string | undefined

/** The plain TypeScript of one side of a schema: what `z.input` or `z.output` infers, without zod. */
export function typeOf(schema: z.core.$ZodType, side: Side, nameOf: NameOf): string {
  return nameOf(schema, side) ?? spelledOut(schema, side, nameOf)
}

/** The same with the schema itself written out, whatever it is called. */
export function spelledOut(schema: z.core.$ZodType, side: Side, nameOf: NameOf): string {
  const inside = (inner: z.core.$ZodType) => typeOf(inner, side, nameOf)
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'unknown':
    case 'null':
      return def.type
    case 'enum':
      return union(Object.values(def.entries).map(literal))
    case 'literal':
      return union(def.values.map(literal))
    case 'array':
      return arrayOf(inside(def.element))
    case 'object':
      return objectType(def, side, inside)
    case 'record':
      return `Record<${inside(def.keyType)}, ${inside(def.valueType)}>`
    case 'union':
      return union(def.options.map(inside))
    case 'optional':
      return union([inside(def.innerType), 'undefined'])
    case 'nullable':
      return union([inside(def.innerType), 'null'])
    case 'default':
    case 'prefault':
      return side === 'output' ? inside(def.innerType) : union([inside(def.innerType), 'undefined'])
    case 'readonly':
      return `Readonly<${inside(def.innerType)}>`
    case 'pipe':
      return inside(side === 'input' ? def.in : def.out)
    default:
      throw new Error(`There is no plain type for a schema of zod's kind "${def.type}" yet.`)
  }
}

const union = (members: string[]) => [...new Set(members)].join(' | ')

const arrayOf = (element: string) => (/^\w+$/.test(element) ? `${element}[]` : `(${element})[]`)

const literal = (value: unknown) =>
  typeof value === 'string' ? JSON.stringify(value) : String(value)

/** An object's type: a key may be left out where the schema says so for this side, others come along where it is loose. */
function objectType(
  { shape, catchall }: z.core.$ZodObjectDef,
  side: Side,
  typeOf: (schema: z.core.$ZodType) => string,
): string {
  const fields = Object.entries(shape).map(([name, schema]) => {
    const { optin, optout } = schema._zod
    const mark = (side === 'input' ? optin : optout) === undefined ? '' : '?'
    return `${keyOf(name)}${mark}: ${typeOf(schema)}`
  })
  const known = fields.length === 0 ? 'Record<string, never>' : braced(fields)
  if (!catchall || catchall._zod.def.type === 'never') return known
  return `Open<${known} & Record<string, ${typeOf(catchall)}>>`
}

function braced(fields: string[]) {
  const line = `{ ${fields.join('; ')} }`
  return line.length <= 80 && !line.includes('\n') ? line : `{\n${fields.join('\n')}\n}`
}

const keyOf = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))
