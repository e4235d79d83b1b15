import { listProcedures, type Procedure } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import type { Meta } from '@galley/api/trpc'
import { z } from 'zod'

export type ProcedureReference = Pick<Meta, 'access' | 'scope' | 'cost' | 'allowance'> & {
  path: string
  type: Procedure['type']
  /** Whether it needs a sign-in or a step-up of the last ten minutes. */
  fresh: boolean
  /** JSON Schema (draft 2020-12) of what a call takes; null where it takes nothing. */
  input: unknown
  /** JSON Schema of what it returns. */
  output: unknown
}

/** Every procedure of the router with what it declares, in the router's order. */
export const referenceOfProcedures = (): ProcedureReference[] =>
  listProcedures(appRouter).map(({ path, type, meta, input, output }) => {
    const { access, scope, cost, allowance, requiresRecentAuth: fresh = false } = meta
    return {
      path,
      type,
      access,
      scope,
      cost,
      ...(allowance && { allowance }),
      fresh,
      input: toJsonSchema(input, 'input'),
      output: toJsonSchema(output, 'output'),
    }
  })

/** JSON Schema (draft 2020-12) of what a caller sends or gets; null where there is no schema. */
function toJsonSchema(schema: unknown, io: 'input' | 'output') {
  if (!(schema instanceof z.ZodType)) return null
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
