import { appRouter } from '@galley/api/root'
import { Scope } from '@galley/contract/scopes'
import { z } from 'zod'

/** What tRPC keeps of a procedure. */
const Procedure = z.object({
  type: z.enum(['query', 'mutation']),
  meta: z.object({ scope: Scope.nullable(), fresh: z.boolean().optional() }),
  inputs: z.array(z.custom<z.ZodType>((schema) => schema instanceof z.ZodType)),
})

export type Procedure = {
  path: string
  type: 'query' | 'mutation'
  scope: Scope | null
  fresh: boolean
  /** The names of the fields that a call takes. */
  fields: Set<string>
}

/** Every procedure of the router, by its path. */
export const procedures: ReadonlyMap<string, Procedure> = new Map(
  Object.entries(
    z.record(z.string(), z.custom<{ _def: unknown }>()).parse(appRouter._def.procedures),
  ).map(([path, { _def }]) => {
    const { type, meta, inputs } = Procedure.parse(_def)
    const { scope, fresh = false } = meta
    return [path, { path, type, scope, fresh, fields: new Set(inputs.flatMap(fieldsOf)) }]
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
