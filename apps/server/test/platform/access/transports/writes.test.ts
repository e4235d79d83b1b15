import { randomUUID } from 'node:crypto'
import { appRouter } from '@galley/api/root'
import { listRestOperations } from '@galley/api-tools/rest'
import { expect, test } from 'vitest'
import { useDirectUploads } from '../../direct-uploads.ts'
import { useApp } from '../../../app.ts'
import { kept } from '../../idempotency/kept.ts'
import { callInOrder } from '../call-in-order.ts'
import { call } from '../call.ts'
import { procedureOf } from '../procedures.ts'
import { callByRest } from './rest-call.ts'
import { outcomeByRest, outcomeByTrpc } from './outcome.ts'

const app = useApp({ LOG_LEVEL: 'silent' })
useDirectUploads(app)

const writes = listRestOperations(appRouter).filter(({ kind }) => kind === 'mutation')
const versioned = writes.filter(({ rest }) => rest.versioned)

test.each(versioned.map((operation) => [operation.name, operation] as const))(
  'AZ6 %s: a version that is gone is 409 over both transports, and 412 where If-Match names it',
  async (name, operation) => {
    const { input, headers } = await callInOrder(app, procedureOf(name))
    const stale = { ...input, version: 7 }
    const { version: _, ...rest } = stale
    const byTrpc = outcomeByTrpc(operation, await call(app, procedureOf(name), stale, headers))
    const byField = outcomeByRest(operation, await callByRest(app, operation, stale, headers))
    const ifMatch = { ...headers, 'if-match': '"7"' }
    const byHeader = outcomeByRest(operation, await callByRest(app, operation, rest, ifMatch))
    const reason = expect.stringMatching(/^\w+\/stale-version$/)
    expect(byTrpc).toMatchObject({ status: 409, refusal: { reason } })
    expect(byField.refusal).toEqual(byTrpc.refusal)
    expect(byField.status).toBe(409)
    expect(byHeader.status).toBe(412)
    expect(byHeader.refusal).toEqual({ ...byTrpc.refusal, code: 'PRECONDITION_FAILED' })
  },
)

test.each(writes.map((operation) => [operation.name, operation] as const))(
  'AZ6 %s: a write over one transport is repeated over the other without happening twice',
  async (name, operation) => {
    const { input, headers } = await callInOrder(app, procedureOf(name))
    const keyed = { ...headers, 'idempotency-key': randomUUID() }
    const first = outcomeByTrpc(operation, await call(app, procedureOf(name), input, keyed))
    const again = outcomeByRest(operation, await callByRest(app, operation, input, keyed))
    expect(first.refusal).toBeUndefined()
    expect([again.status, keptOf(name, again)]).toEqual([operation.status, keptOf(name, first)])
    const other = { ...keyed, 'idempotency-key': randomUUID() }
    const here = outcomeByRest(operation, await callByRest(app, operation, input, other))
    const there = outcomeByTrpc(operation, await call(app, procedureOf(name), input, other))
    expect(there.refusal?.reason).toBe(here.refusal?.reason)
  },
)

const keptOf = (name: string, { data }: { data?: string }) =>
  data === undefined ? undefined : kept(name, JSON.parse(data))
