import { beforeAll, expect, test } from 'vitest'
import { useDirectUploads } from '../direct-uploads.ts'
import { useApp } from '../../app.ts'
import { callerNames } from './callers.ts'
import { runCell } from './cell.ts'
import type { Row } from './row.ts'
import { createSnapshots, useFewPeople } from './snapshot.ts'

/** Executes every cell of these rows. A test file has the rows of one slice, so that several run side by side. */
export function runRows(rows: Row[]) {
  const app = useApp()
  useDirectUploads(app)
  let snapshot: Awaited<ReturnType<typeof createSnapshots>>
  beforeAll(async () => {
    snapshot = await createSnapshots(app.database)
  })
  useFewPeople(app)

  test.each(rows.map((row) => [[row.procedure, row.on].filter(Boolean).join(': '), row] as const))(
    'AZ2 AZ3 AZ5 TK2 %s',
    async (_, row) => {
      const on = { app: app.app, database: app.database, deps: app.deps, snapshot }
      const executed: Record<string, string> = {}
      for (const caller of callerNames) executed[caller] = await runCell(on, row, caller)
      expect(executed).toEqual(row.expected)
    },
    30_000,
  )
}
