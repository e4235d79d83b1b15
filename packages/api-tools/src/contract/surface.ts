import { createHash } from 'node:crypto'
import type { AnyTRPCRouter } from '@trpc/server'
import { listProcedures } from '@galley/api/procedures'
import type { ProcedureMeta } from '@galley/api/trpc'
import type { Surface } from './contract.ts'
import type { NamedSchema } from '../named-schemas.ts'
import { nameSchemas } from './name-schemas.ts'

type Errors = Record<string, { code: string }>

/** What the code offers to callers, sorted by name: the order in which it is written down says nothing. */
export function surfaceOf(router: AnyTRPCRouter, errors: Errors, named: NamedSchema[]): Surface {
  const inputs = nameSchemas(named, 'input')
  const outputs = nameSchemas(named, 'output')
  const declared = Object.fromEntries(listProcedures(router).map((one) => [one.path, one]))
  const procedures = byName(declared).map(([name, { type, meta, input, output }]) => {
    const { access, scope, cost, ...others } = meta
    const known = {
      access,
      scope,
      cost,
      ...Object.fromEntries(byName(asWritten(others)).filter(isPromised)),
    }
    const schemas = { input: inputs.toJson(input), output: outputs.toJson(output) }
    return [name, { type, ...known, ...schemas }] as const
  })
  return {
    procedures: Object.fromEntries(procedures),
    errors: Object.fromEntries(byName(errors).map(([reason, { code }]) => [reason, code])),
    inputs: Object.fromEntries(byName(inputs.used())),
    outputs: Object.fromEntries(byName(outputs.used())),
  }
}

/** What is said elsewhere, or is our own affair. */
const unpromised: ReadonlySet<string> = new Set(['docs', 'queries', 'madeAgain'])
const isPromised = ([name]: [string, unknown]) => !unpromised.has(name)

/** Under the names that `contract.json` has. */
const asWritten = ({ requiresRecentAuth, allowSuspended, ...others }: Partial<ProcedureMeta>) => ({
  ...others,
  ...(requiresRecentAuth !== undefined && { fresh: requiresRecentAuth }),
  ...(allowSuspended !== undefined && { suspended: allowSuspended }),
})

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
