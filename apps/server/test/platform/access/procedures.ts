import { listProcedures, type Procedure as Declared } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import type { Scope } from '@galley/contract/scopes'
import { z } from 'zod'

export type Procedure = {
  path: string
  type: Declared['type']
  scope: Scope | null
  fresh: boolean
  /** The names of the fields that a call takes. */
  fields: Set<string>
}

/** Every procedure of the router, by its path. */
export const procedures: ReadonlyMap<string, Procedure> = new Map(
  listProcedures(appRouter).map(({ path, type, meta, input }) => {
    const { scope, requiresRecentAuth: fresh = false } = meta
    return [path, { path, type, scope, fresh, fields: new Set(fieldsOf(input)) }]
  }),
)

export function procedureOf(path: string): Procedure {
  const procedure = procedures.get(path)
  if (!procedure) throw new Error(`The router has no ${path}`)
  return procedure
}

function fieldsOf(schema: z.ZodType): string[] {
  const { properties = {}, anyOf = [] } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  })
  return [properties, ...anyOf.map((option) => option.properties ?? {})].flatMap(Object.keys)
}
