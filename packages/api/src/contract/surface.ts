import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Meta } from '../trpc.ts'
import type { Surface } from './contract.ts'
import { nameSchemas, type NamedSchema } from './named-schemas.ts'

/** What this module reads of a tRPC router. */
type Router = { _def: { procedures: object } }
type Errors = Record<string, { code: string }>

/** What the code offers to callers, sorted by name: the order in which it is written down says nothing. */
export function surfaceOf({ _def }: Router, errors: Errors, named: NamedSchema[]): Surface {
  const inputs = nameSchemas(named, 'input')
  const outputs = nameSchemas(named, 'output')
  const procedures = byName(Procedures.parse(_def.procedures)).map(([name, procedure]) => {
    const { type, meta, inputs: taken, output } = Definition.parse(procedure._def)
    const { access, scope, cost, ...others } = meta
    const declared = { access, scope, cost, ...Object.fromEntries(byName(others)) }
    const schemas = { input: inputs.toJson(taken[0]), output: outputs.toJson(output) }
    return [name, { type, ...declared, ...schemas }] as const
  })
  return {
    procedures: Object.fromEntries(procedures),
    errors: Object.fromEntries(byName(errors).map(([reason, { code }]) => [reason, code])),
    inputs: Object.fromEntries(byName(inputs.used())),
    outputs: Object.fromEntries(byName(outputs.used())),
  }
}

/** A short name of exactly this surface. */
export function hashOf({ procedures, errors, inputs, outputs }: Surface): string {
  const text = JSON.stringify([procedures, errors, inputs, outputs], inOrder)
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** In which order something was written, or read from the file, says nothing. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(byName<unknown>({ ...value }))
    : value

function byName<Value>(record: Record<string, Value>) {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

const Procedures = z.record(z.string(), z.custom<{ _def: unknown }>())

const Schema = z.instanceof(z.ZodType)

/** tRPC types a procedure's definition for its own use; these are what `.input()` and its like fill. */
const Definition = z.object({
  type: z.enum(['query', 'mutation', 'subscription']),
  meta: z.custom<Meta>((value) => typeof value === 'object'),
  inputs: z.tuple([Schema]),
  output: Schema,
})
