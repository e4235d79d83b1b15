import type { z } from 'zod'
import { compileSerializer } from './compile-serializer.ts'
import { checkSize } from './input-size.ts'

/** What tRPC's builders keep of the schemas, for those who read a router. */
type Builder = {
  _def: { inputs: unknown[]; output?: unknown }
  input(parser: (value: unknown) => unknown): Builder
  output(parser: (value: unknown) => unknown): Builder
}

/**
 * A procedure builder whose inputs are measured, then parsed synchronously, and whose outputs are copied by their schema.
 * Of a schema tRPC would call `parseAsync`, for which zod walks an object field by field instead of running the code that
 * it compiles for it: twice the time. Nothing in the contract is asynchronous; a schema that is throws at its first use.
 */
export function withSyncParsing<Given extends object>(builder: Given): Given {
  return new Proxy(builder, {
    get(target, name) {
      if (name !== 'input' && name !== 'output') return Reflect.get(target, name)
      return (schema: z.ZodType) => {
        const builder = target as unknown as Builder
        return withSyncParsing(
          name === 'input' ? withInput(builder, schema) : withOutput(builder, schema),
        )
      }
    },
  })
}

// tRPC takes a function for a parser; the router is read by its schemas, so these take the function's place.
function withInput(builder: Builder, schema: z.ZodType) {
  const next = builder.input((value) => {
    checkSize(value)
    return schema.parse(value)
  })
  next._def.inputs.splice(-1, 1, schema)
  return next
}

function withOutput(builder: Builder, schema: z.ZodType) {
  const next = builder.output(compileSerializer(schema))
  next._def.output = schema
  return next
}
