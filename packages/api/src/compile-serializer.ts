import type { z } from 'zod'

type Copy = (value: never) => unknown

/**
 * A function that copies what the schema names of an output, so that a new column does not become public by itself. It
 * checks no formats: what a service returns is checked by its type, and by the schema in the tests of the server.
 * Decision 059 says why it is compiled.
 */
export function compileSerializer(schema: z.ZodType): (value: unknown) => unknown {
  const copy = copyOf(schema)
  return copy ? (value) => copy(value as never) : (value) => value
}

/** Nothing where the value is sent unchanged. */
function copyOf(schema: z.core.$ZodType): Copy | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return def.catchall && def.catchall._zod.def.type !== 'never' ? undefined : copyOfObject(def)
    case 'array':
      return copyOfArray(copyOf(def.element))
    case 'nullable':
    case 'optional':
      return unlessNone(copyOf(def.innerType))
    case 'record':
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'unknown':
      return undefined
    default:
      throw new Error(
        `An output cannot have a part of type ${def.type}; compile-serializer.ts lists those it can have`,
      )
  }
}

/** All copies of one schema have one shape, which is what makes `JSON.stringify` of them fast. */
function copyOfObject({ shape }: z.core.$ZodObjectDef): Copy {
  const copies = Object.values(shape).map(copyOf)
  const fields = Object.keys(shape).map((name, at) => {
    if (name === '__proto__') throw new Error('An output cannot have a field named __proto__')
    const key = JSON.stringify(name)
    return `${key}: ${copies[at] ? `copy${at}(value[${key}])` : `value[${key}]`}`
  })
  // oxlint-disable-next-line typescript/no-implied-eval -- made of quoted names of ours alone: decision 059
  const make = new Function(
    ...copies.map((_, at) => `copy${at}`),
    `return (value) => ({ ${fields.join(', ')} })`,
  )
  return make(...copies)
}

const copyOfArray = (copy: Copy | undefined): Copy | undefined =>
  copy && ((values: never[]) => values.map((value) => copy(value)))

const unlessNone = (copy: Copy | undefined): Copy | undefined =>
  copy && ((value) => (value === null || value === undefined ? value : copy(value)))
