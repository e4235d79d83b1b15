import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { growingTables, growth } from '../src/growth.ts'
import * as schema from '../src/schema/index.ts'

test('of every table it is said how it grows', () => {
  const tables = Object.entries<unknown>(schema).filter(([, table]) => is(table, PgTable))
  expect(Object.keys(growth).toSorted()).toEqual(tables.map(([name]) => name).toSorted())
})

test('tables with few rows are not among those that grow', () => {
  expect(growingTables).toContain(getTableName(schema.auditLog))
  expect(growingTables).not.toContain(getTableName(schema.signingKeys))
})
