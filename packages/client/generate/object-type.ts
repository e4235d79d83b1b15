import type { z } from 'zod'
import type { Side } from './type-of.ts'

/** An object's type: a key may be left out where the schema says so for this side, others come along where it is loose. */
export function objectType(
  { shape, catchall }: z.core.$ZodObjectDef,
  side: Side,
  typeOf: (schema: z.core.$ZodType) => string,
): string {
  const fields = Object.entries(shape).map(([name, schema]) => {
    const { optin, optout } = schema._zod
    const mark = (side === 'input' ? optin : optout) === undefined ? '' : '?'
    return `${keyOf(name)}${mark}: ${typeOf(schema)}`
  })
  const known = fields.length === 0 ? 'Record<string, never>' : braced(fields)
  if (!catchall || catchall._zod.def.type === 'never') return known
  return `Open<${known} & Record<string, ${typeOf(catchall)}>>`
}

function braced(fields: string[]) {
  const line = `{ ${fields.join('; ')} }`
  return line.length <= 80 && !line.includes('\n') ? line : `{\n${fields.join('\n')}\n}`
}

const keyOf = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))
