import { randomUUIDv7 } from 'node:crypto'
import { call, credentialsOf, type On } from './call.ts'
import { callers, type Caller } from './callers.ts'
import { procedureOf } from './procedures.ts'
import type { Row } from './row.ts'
import { changedTables } from './snapshot.ts'
import { createWorld, type World } from './world.ts'

type Watched = On & { snapshot(): Promise<Map<string, string>> }

/**
 * Makes one call of the matrix, in a world of its own, and returns what came of it. What is wrong beyond that is added:
 * a refused call that changed something, an answer that tells the hidden from the missing or the address of others.
 */
export async function runCell(on: Watched, row: Row, caller: Caller): Promise<string> {
  const procedure = procedureOf(row.procedure)
  const world = await createWorld(on.database.db, callers[caller])
  const input = await row.input?.(world)
  const headers = await credentialsOf(on, caller, { user: world.caller, scope: procedure.scope })

  const before = procedure.type === 'mutation' ? await on.snapshot() : null
  const { outcome, statusCode, body } = await call(on, procedure, input, headers)
  const wrong: string[] = []
  if (outcome === 'ok') {
    if (tellsAddress(body, world, input)) wrong.push('tells an e-mail address')
    if (/argon2|passwordHash|tokenVersion/.test(body)) wrong.push('tells of passwords')
  } else if (before) {
    const changed = changedTables(before, await on.snapshot())
    if (changed.length > 0) wrong.push(`changed ${changed.join(', ')}`)
  }
  if (row.expected[caller].endsWith('/not-found')) {
    const missing = await call(on, procedure, toMissing(input), headers)
    const same = missing.statusCode === statusCode && anonymised(missing.body) === anonymised(body)
    if (!same) wrong.push('differs from a missing one')
  }
  return [outcome, ...wrong].join(' but ')
}

/** AZ5: to whom nobody's address is shown but their own, and the one they have typed. */
function tellsAddress(body: string, world: World, input: unknown) {
  const { owner, caller, stranger } = world
  if (caller.role === 'editor' || caller.role === 'admin') return false
  const typed = JSON.stringify(input ?? {})
  const others = [owner, stranger].filter(({ id }) => id !== caller.id)
  return others.some(({ email }) => body.includes(email) && !typed.includes(email))
}

const missingByField: Record<string, () => string> = {
  id: randomUUIDv7,
  articleId: randomUUIDv7,
  slug: () => 'no-such-article',
  username: () => 'no-such-person',
  article: randomUUIDv7, // publishing
  editing: randomUUIDv7, // publishing
}

/** The same input for what is not there. */
export function toMissing(input: unknown): unknown {
  const fields = Object.entries(input ?? {}).map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.map(partToMissing)]
    return [name, typeof value === 'string' ? missingLike(name, value) : value]
  })
  return Object.fromEntries(fields)
}

const partToMissing = (part: unknown) =>
  typeof part === 'object' && part !== null ? toMissing(part) : part

function missingLike(name: string, value: string) {
  const isHex = /^[0-9a-f]{64}$/.test(value)
  return isHex ? 'f'.repeat(64) : (missingByField[name]?.() ?? value)
}

export const anonymised = (body: string) =>
  body.replaceAll(/"(requestId|traceId)":"[^"]+"/g, '"$1":""')
