import { takesKey } from '@galley/api/idempotency'
import type { Meta } from '@galley/api/trpc'
import type { AnyTRPCProcedure, AnyTRPCRouter, TRPCRouterRecord } from '@trpc/server'
import type { z } from 'zod'
import type { Side } from './type-of.ts'

type TypeOf = (schema: z.core.$ZodType, side: Side) => string

/** The record of a router as types: `Query` and `Mutation` with what goes in and what comes out. */
export function recordType(record: TRPCRouterRecord, typeOf: TypeOf): string {
  const entries = Object.entries(record).map(([name, value]) =>
    isProcedure(value)
      ? `${access(value)}${name}: ${procedureType(value, typeOf)}`
      : `${name}: ${recordType(value, typeOf)}`,
  )
  return `{\n${entries.join('\n')}\n}`
}

const isProcedure = (value: AnyTRPCProcedure | TRPCRouterRecord): value is AnyTRPCProcedure =>
  typeof value === 'function'

const kinds = { query: 'Query', mutation: 'Mutation' }

function procedureType(procedure: AnyTRPCProcedure, typeOf: TypeOf) {
  const { inputs, output, type } = definitionOf(procedure)
  if (type === 'subscription') throw new Error('A subscription has no plain type yet.')
  const [input, ...more] = inputs
  if (more.length > 0) throw new Error('A procedure with several inputs has no plain type yet.')
  const sent = input ? typeOf(input, 'input') : 'void'
  const optional = input && isOptional(input) ? 'void | ' : ''
  return `${kinds[type]}<${optional}${sent}, ${typeOf(output, 'output')}>`
}

const isOptional = (input: z.core.$ZodType) => input._zod.optin !== undefined

/** Who may call it and for what, shown where a caller hovers over the name. */
function access(procedure: AnyTRPCProcedure) {
  const { meta } = definitionOf(procedure)
  if (!meta) return ''
  const { access, scope, cost } = meta
  const forTokens = scope === null ? 'no tokens' : `tokens with \`${scope}\``
  return `/** Access: ${access}, ${forTokens}; cost ${cost}. */\n`
}

/** The paths of the mutations that are done once under one `Idempotency-Key`. */
export function keyedMutations({ _def }: AnyTRPCRouter): string[] {
  const procedures = Object.entries<AnyTRPCProcedure>(_def.procedures)
  return procedures.flatMap(([path, procedure]) => {
    const { type, meta } = definitionOf(procedure)
    return type === 'mutation' && meta && takesKey(meta) ? [path] : []
  })
}

type Definition = {
  type: keyof typeof kinds | 'subscription'
  inputs: z.core.$ZodType[]
  output: z.core.$ZodType
  meta?: Meta
}

// What tRPC keeps of a procedure at run time and leaves out of its types.
const definitionOf = (procedure: AnyTRPCProcedure) => procedure._def as unknown as Definition
