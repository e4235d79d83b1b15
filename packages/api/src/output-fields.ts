import type { z } from 'zod'

type Copy = (value: never) => unknown

/**
 * A function that copies of an answer what its schema names, so that a new column does not become public by itself. It
 * checks no formats: what a service answers is checked by its type, and by the schema in the tests of the server. Compiled
 * once for each schema; to parse a page of a list took 30 us, to copy it takes one.
 */
export function outputFields(schema: z.ZodType): (value: unknown) => unknown {
  const copy = copyOf(schema)
  return copy ? (value) => copy(value as never) : (value) => value
}

/** Nothing where the value is answered as it is. */
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
        `An output cannot have a part of type ${def.type}; output-fields.ts says which it can`,
      )
  }
}

/** `(value) => ({ "id": value["id"], "author": copies[1](value["author"]) })`. */
function copyOfObject({ shape }: z.core.$ZodObjectDef): Copy {
  const copies = Object.values(shape).map((part) => copyOf(part))
  const entries = Object.keys(shape).map((key, at) => {
    const name = JSON.stringify(key)
    return `${name}: ${copies[at] ? `copies[${at}](value[${name}])` : `value[${name}]`}`
  })
  // eslint-disable-next-line typescript/no-implied-eval -- made of names in our contract, each quoted
  return new Function('copies', `return (value) => ({ ${entries.join(', ')} })`)(copies)
}

const copyOfArray = (copy: Copy | undefined): Copy | undefined =>
  copy && ((values: never[]) => values.map((value) => copy(value)))

const unlessNone = (copy: Copy | undefined): Copy | undefined =>
  copy && ((value) => (value === null || value === undefined ? value : copy(value)))
