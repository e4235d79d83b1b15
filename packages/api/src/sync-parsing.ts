import { truncate } from '@galley/contract/text'
import { AppError } from '@galley/platform/errors'
import type { z } from 'zod'
import { compileSerializer } from './compile-serializer.ts'
import { copyEach, messageOf } from './streams.ts'

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
  const message = messageOf(schema)
  const copy = compileSerializer(message ?? schema)
  const next = builder.output(
    message ? (stream) => copyEach(stream as Parameters<typeof copyEach>[0], copy) : copy,
  )
  next._def.output = message ?? schema
  return next
}

/** More than any list that the contract takes, and than any object has fields. */
export const MAX_ENTRIES = 100

/**
 * Refuses an object or a list of more entries than any input has, before a parser looks at each of them and finds
 * something to say: throws `request/invalid`. JSON is known to be nested no deeper than 32 levels here.
 */
function checkSize(value: unknown, path: string[] = []): void {
  if (typeof value !== 'object' || value === null) return
  const entries = Object.entries(value)
  if (entries.length > MAX_ENTRIES) {
    const message = `Must have at most ${MAX_ENTRIES} ${Array.isArray(value) ? 'items' : 'fields'}.`
    const where = path.map(shownName).join('.')
    throw new AppError('request/invalid', { fields: [{ path: where, message }] })
  }
  for (const [name, part] of entries) checkSize(part, [...path, name])
}

/** A name that a caller made up, as far as an error repeats it. */
export const shownName = (name: string): string => truncate(name, 100)
