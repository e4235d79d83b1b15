import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server'
import { z } from 'zod'
import type { ProcedureMeta } from './trpc.ts'

/** A procedure as it is declared. */
export type Procedure = {
  /** `articles.publish` */
  path: string
  type: 'query' | 'mutation' | 'subscription'
  meta: ProcedureMeta
  input: z.ZodType
  output: z.ZodType
}

/**
 * Every procedure of a router, in the router's order. This file is the only one that reads what tRPC keeps of a
 * procedure: each has one input, an output and `ProcedureMeta`, or it throws.
 */
export function listProcedures(router: AnyTRPCRouter): Procedure[] {
  return Object.entries<AnyTRPCProcedure>(router._def.procedures).map(([path, { _def }]) => {
    const definition = Definition.safeParse(_def)
    if (!definition.success) throw new Error(`${path}: ${z.prettifyError(definition.error)}`)
    const { type, meta, inputs, output } = definition.data
    return { path, type, meta, input: inputs[0], output }
  })
}

/** What a call of the procedure at this path runs. */
export function getCallable(router: AnyTRPCRouter, path: string): AnyTRPCProcedure {
  const procedures: Record<string, AnyTRPCProcedure> = router._def.procedures
  const callable = Object.hasOwn(procedures, path) ? procedures[path] : undefined
  if (!callable) throw new Error(`The router has no ${path}`)
  return callable
}

/** The same router with its subscriptions alone. */
export function onlySubscriptions(router: AnyTRPCRouter): AnyTRPCRouter {
  const all: Record<string, AnyTRPCProcedure> = router._def.procedures
  const isStream = ([, { _def }]: [string, AnyTRPCProcedure]) => _def.type === 'subscription'
  // Of no prototype, as those of tRPC are: else `constructor` would be taken for one.
  const procedures = Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(all).filter(isStream)),
  )
  return { ...router, _def: { ...router._def, procedures } }
}

const Schema = z.instanceof(z.ZodType)

/** tRPC types a definition for its own use; these fields are what `.meta()`, `.input()` and `.output()` fill. */
const Definition = z.object({
  type: z.enum(['query', 'mutation', 'subscription']),
  meta: z.custom<ProcedureMeta>((value) => typeof value === 'object', 'declares no meta'),
  inputs: z.tuple([Schema], 'declares no input, or several'),
  output: Schema,
})
