import { appRouter } from '@galley/api/root'
import { listRestOperations } from '@galley/api-tools/rest'
import { beforeAll, expect, test } from 'vitest'
import { useDirectUploads } from '../../direct-uploads.ts'
import { useApp } from '../../../app.ts'
import { callerNames } from '../callers.ts'
import type { Row } from '../row.ts'
import { createSnapshots, useFewPeople } from '../snapshot.ts'
import { callBoth, type Watched } from './call-both.ts'

const operations = new Map(
  listRestOperations(appRouter).map((operation) => [operation.name, operation]),
)

/** Of these each call returns what it finds at that moment. */
const momentary = new Set(['health.get'])

const comparable = ({ data, ...outcome }: { data?: unknown }, procedure: string) =>
  momentary.has(procedure) ? outcome : { ...outcome, data }

/** Makes every call of these rows that has an address under `/api/v1` by tRPC and by REST, and compares. */
export function compareTransports(rows: Row[]) {
  const app = useApp()
  useDirectUploads(app)
  let snapshot: Watched['snapshot']
  beforeAll(async () => {
    snapshot = await createSnapshots(app.database)
  })
  useFewPeople(app)

  const cases = rows.flatMap((row) => {
    const operation = operations.get(row.procedure)
    const title = [row.procedure, row.on].filter(Boolean).join(': ')
    return operation ? [[title, row, operation] as const] : []
  })
  test.each(cases)('AZ6 %s', async (_, row, operation) => {
    const on = { app: app.app, database: app.database, deps: app.deps, snapshot }
    // What a row has changed beside the server is read now, not between the two calls.
    await app.deps.domain.settings.refresh()
    const byTrpc: Record<string, unknown> = {}
    const byRest: Record<string, unknown> = {}
    const outcomes: Record<string, string> = {}
    for (const caller of callerNames) {
      const both = await callBoth(on, operation, row, caller)
      byTrpc[caller] = comparable(both.byTrpc, row.procedure)
      byRest[caller] = comparable(both.byRest, row.procedure)
      outcomes[caller] = both.byRest.refusal?.reason ?? 'ok'
    }
    expect(byRest).toEqual(byTrpc)
    expect(outcomes).toEqual(row.expected)
  })
}
