import type { z } from 'zod'
import { objectType } from './object-type.ts'

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
