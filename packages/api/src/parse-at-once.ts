import type { z } from 'zod'
import { checkSize } from './input-size.ts'
import { outputFields } from './output-fields.ts'

type Role = 'input' | 'output'

const roles = new WeakMap<z.ZodType, Role>()

/**
 * A procedure builder whose inputs are measured, then parsed synchronously, and whose outputs are copied by their schema. tRPC asks for
 * `parseAsync`, for which zod walks an object field by field instead of running the code that it compiles for it: twice
 * the time. Nothing in the contract is asynchronous; a schema that is throws at its first use.
 */
export function parseAtOnce<Builder extends object>(builder: Builder): Builder {
  return new Proxy(builder, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if ((name !== 'input' && name !== 'output') || typeof member !== 'function') return member
      return (schema: z.ZodType) => parseAtOnce(member.call(target, atOnce(schema, name)) as object)
    },
  })
}

function atOnce(schema: z.ZodType, role: Role) {
  const known = roles.get(schema)
  if (known === role) return schema
  if (known)
    throw new Error('A schema of inputs cannot be one of outputs too: what comes in is checked')
  roles.set(schema, role)
  const parse = role === 'input' ? parseInput : outputFields(schema)
  // eslint-disable-next-line typescript/require-await -- what is wrong must be a rejection
  return Object.assign(schema, { parseAsync: async (value: unknown) => parse(value) })

  function parseInput(value: unknown) {
    checkSize(value)
    return schema.parse(value)
  }
}
