import { readFileSync } from 'node:fs'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import type { Growth } from '../src/growth/growth.ts'
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

test('docs/operations.md says the same', () => {
  const text = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  const lines = Object.entries<unknown>(schema).flatMap(([name, table]) =>
    is(table, PgTable) ? [lineOf(getTableName(table), growth[name])] : [],
  )
  expect(lines.filter((line) => !text.includes(line))).toEqual([])
})

function lineOf(table: string, grows: Growth | undefined) {
  if (!grows || 'few' in grows) return `| \`${table}\` | ${grows?.few} | |`
  if ('with' in grows) return `| \`${table}\` | grows with ${grows.with} | |`
  return `| \`${table}\` | kept ${grows.kept} | \`${grows.by}\` |`
}
