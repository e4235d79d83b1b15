// Whether `drizzle-kit generate` was run after the last change of the schema, and whether a merge left two ends.
import { readdirSync, readFileSync } from 'node:fs'
import { generateDrizzleJson } from 'drizzle-kit/api'
import { expect, test } from 'vitest'
import { ownFolder } from '../test/migrations.ts'
import { readJournal } from './migrate-journal.ts'
import * as schema from './schema/index.ts'

interface Snapshot {
  id: string
  prevId: string
  tables: object
}

const folder = new URL('../migrations/', import.meta.url)

function snapshots(): Snapshot[] {
  const meta = new URL('meta/', folder)
  const files = readdirSync(meta).filter((file) => file.endsWith('_snapshot.json'))
  return files.toSorted().map((file) => JSON.parse(readFileSync(new URL(file, meta), 'utf8')))
}

test('the latest migration brings the database to the schema of the code', () => {
  const latest = snapshots().at(-1)
  const current = generateDrizzleJson(schema, latest?.prevId)
  expect({ ...current, id: latest?.id }, 'run: pnpm --filter @galley/db generate').toEqual(latest)
})

test('every migration has its snapshot, and each follows the one before', () => {
  const chain = snapshots()
  expect(chain).toHaveLength(readJournal(ownFolder).length)
  const [, ...later] = chain
  expect(later.map(({ prevId }) => prevId)).toEqual(chain.slice(0, -1).map(({ id }) => id))
})

test('every migration says in its first line whether versions before it run on', () => {
  const unsaid = readJournal(ownFolder)
    .filter(({ tag }) => tag >= '0010')
    .filter(({ statements }) => !/^-- (compatible$|breaking: .)/m.test(statements[0] ?? ''))
  expect(unsaid.map(({ tag }) => tag)).toEqual([])
})
