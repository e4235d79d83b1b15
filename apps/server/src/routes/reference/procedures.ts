import { appRouter } from '@galley/api/root'
import { z } from 'zod'
import { toJsonSchema } from './json-schema.ts'

export type ProcedureReference = z.output<typeof Declared> & {
  path: string
  /** JSON Schema (draft 2020-12) of what a call takes; null where it takes nothing. */
  input: unknown
  /** JSON Schema of what it answers. */
  output: unknown
}

/** What tRPC keeps of a procedure; its types know of `output` and `meta` in other places only. */
const Definition = z.object({
  type: z.enum(['query', 'mutation', 'subscription']),
  meta: z.object({
    access: z.enum(['public', 'signed-in', 'editor', 'admin']),
    /** What a token needs for it; null where only a person may call. */
    scope: z.string().nullable(),
    cost: z.number(),
    /** A further, stricter allowance that a call counts against. */
    allowance: z.string().optional(),
    /** Whether it needs a sign-in or a step-up of the last ten minutes. */
    fresh: z.boolean().default(false),
  }),
  inputs: z.array(z.unknown()),
  output: z.unknown(),
})

const Declared = z.object({ ...Definition.shape.meta.shape, type: Definition.shape.type })

/** Every procedure of the router with what it declares, in the router's order. */
export function listProcedures(): ProcedureReference[] {
  const definitions = z.record(z.string(), z.custom<{ _def: unknown }>())
  return Object.entries(definitions.parse(appRouter._def.procedures)).map(([path, { _def }]) => {
    const { type, meta, inputs, output } = Definition.parse(_def)
    return {
      path,
      type,
      ...meta,
      input: toJsonSchema(inputs[0], 'input'),
      output: toJsonSchema(output, 'output'),
    }
  })
}
