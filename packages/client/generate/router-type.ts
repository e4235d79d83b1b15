import { takesKey } from '@galley/api/idempotency'
import type { Procedure } from '@galley/api/procedures'
import type { z } from 'zod'
import type { Side } from './type-of.ts'

type TypeOf = (schema: z.core.$ZodType, side: Side) => string

/** The procedures as types, by slice: `Query` and `Mutation` with what goes in and what comes out. */
export function recordType(procedures: Procedure[], typeOf: TypeOf): string {
  const slices = Map.groupBy(procedures, ({ path }) => path.split('.', 1)[0] ?? '')
  const entries = [...slices].map(([slice, verbs]) => {
    const lines = verbs.map((procedure) => {
      const verb = procedure.path.slice(slice.length + 1)
      return `${accessOf(procedure)}${verb}: ${procedureType(procedure, typeOf)}`
    })
    return `${slice}: {\n${lines.join('\n')}\n}`
  })
  return `{\n${entries.join('\n')}\n}`
}

const kinds = { query: 'Query', mutation: 'Mutation' }

function procedureType({ input, output, type }: Procedure, typeOf: TypeOf) {
  if (type === 'subscription') throw new Error('A subscription has no plain type yet.')
  const optional = input._zod.optin === undefined ? '' : 'void | '
  return `${kinds[type]}<${optional}${typeOf(input, 'input')}, ${typeOf(output, 'output')}>`
}

/** Who may call it and for what, shown where a caller hovers over the name. */
function accessOf({ meta: { access, scope, cost } }: Procedure) {
  const forTokens = scope === null ? 'no tokens' : `tokens with \`${scope}\``
  return `/** Access: ${access}, ${forTokens}; cost ${cost}. */\n`
}

/** The paths of the mutations that are done once under one `Idempotency-Key`. */
export const keyedMutations = (procedures: Procedure[]): string[] =>
  procedures.flatMap(({ path, type, meta }) =>
    type === 'mutation' && takesKey(meta) ? [path] : [],
  )
