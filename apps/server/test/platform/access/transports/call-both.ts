import type { RestOperation } from '@galley/api-tools/rest'
import { call, credentialsOf, type On } from '../call.ts'
import { callers, type Caller } from '../callers.ts'
import { anonymised, toMissing } from '../cell.ts'
import { procedureOf } from '../procedures.ts'
import type { Row } from '../row.ts'
import { changedTables } from '../snapshot.ts'
import { createWorld } from '../world.ts'
import { normalised } from './normalised.ts'
import { callByRest } from './rest-call.ts'
import { outcomeByRest, outcomeByTrpc, withoutLeft, type Outcome } from './outcome.ts'

export type Watched = On & { snapshot(): Promise<Map<string, string>> }

/** What one cell did over one transport: its outcome, what it wrote and audited, and whether the hidden differs from the missing. */
type Observed = Outcome & { changed?: string[]; noted?: object[]; tellsHidden?: boolean }

type Both = { byTrpc: Observed; byRest: Observed }

/** Makes the call of a cell over both transports: a read in one world, a write in two that are equal. */
export async function callBoth(
  on: Watched,
  operation: RestOperation,
  row: Row,
  caller: Caller,
): Promise<Both> {
  return operation.kind === 'query'
    ? readBoth(on, operation, row, caller)
    : writeBoth(on, operation, row, caller)
}

async function readBoth(on: Watched, operation: RestOperation, row: Row, caller: Caller) {
  const prepared = await prepare(on, row, caller)
  const byTrpc: Observed = withoutLeft(await callTrpc(on, operation, prepared))
  const byRest: Observed = withoutLeft(await callRest(on, operation, prepared))
  await compareMissing(on, operation, prepared, byRest)
  return { byTrpc, byRest }
}

async function writeBoth(on: Watched, operation: RestOperation, row: Row, caller: Caller) {
  const one = await prepare(on, row, caller)
  const beforeFirst = await on.snapshot()
  const first = await callTrpc(on, operation, one)
  const afterFirst = await on.snapshot()
  const other = await prepare(on, row, caller)
  const beforeSecond = await on.snapshot()
  const second = await callRest(on, operation, other)
  const afterSecond = await on.snapshot()
  const byTrpc: Observed = {
    ...alike(first, one),
    changed: changedTables(beforeFirst, afterFirst),
    noted: await notedOf(on, one),
  }
  const byRest: Observed = {
    ...alike(second, other),
    changed: changedTables(beforeSecond, afterSecond),
    noted: await notedOf(on, other),
  }
  await compareMissing(on, operation, other, byRest)
  return { byTrpc, byRest }
}

type Prepared = Awaited<ReturnType<typeof prepare>>

async function prepare(on: On, row: Row, caller: Caller) {
  const { scope } = procedureOf(row.procedure)
  const world = await createWorld(on.database.db, callers[caller])
  const input = await row.input?.(world)
  return { input, world, headers: await credentialsOf(on, caller, { user: world.caller, scope }) }
}

const callTrpc = async (on: On, operation: RestOperation, { input, headers }: Prepared) =>
  outcomeByTrpc(operation, await call(on, procedureOf(operation.name), input, headers))

const callRest = async (on: On, operation: RestOperation, { input, headers }: Prepared) =>
  outcomeByRest(operation, await callByRest(on, operation, input, headers))

/** The input before the answer, so that what the answer repeats of it has the same number. */
function alike({ data, ...outcome }: Outcome, { input }: Prepared): Outcome {
  return data === undefined
    ? outcome
    : { ...outcome, data: normalised(JSON.stringify(input) + data) }
}

/** What the audit log says of the caller. */
const notedOf = async ({ database: { sql } }: On, { world }: Prepared) => [
  ...(await sql<{ noted: string }[]>`
    select concat_ws(' ', action, 'by', actor_kind, 'of', target_type) as noted
    from audit_log where actor_id = ${world.caller.id} order by id`),
]

/** That of tRPC is compared where the matrix is. */
async function compareMissing(
  on: On,
  operation: RestOperation,
  prepared: Prepared,
  observed: Observed,
) {
  if (!observed.refusal?.reason.endsWith('/not-found')) return
  const { headers, input } = prepared
  const hidden = await callByRest(on, operation, input, headers)
  const missing = await callByRest(on, operation, toMissing(input), headers)
  const same = hidden.statusCode === missing.statusCode && textOf(hidden) === textOf(missing)
  if (!same) observed.tellsHidden = true
}

/** But for what the caller has sent, and the number of the request. */
const textOf = ({ body }: { body: string }) =>
  anonymised(body).replace(/"instance":"[^"]+"/, '"instance":""')
