import { createDb } from '@galley/db/client'
import { prepareDatabase } from '@galley/db/prepare'
import { startCluster } from '@galley/embedded-postgres'
import { appUrlOf } from '../../dev/services.ts'
import { createTable } from '../../test/notes/table.ts'
import { benchDir } from '../publishing/data/database.ts'
import type { Call } from '../load.ts'

const COUNT = 50_000

/** 50,000 notes of half a kilobyte, in a PostgreSQL of their own that is kept between runs. */
export async function openNotes() {
  const cluster = await startCluster({ dataDir: `${benchDir}/notes` })
  const migrationUrl = await cluster.ensureDatabase('notes')
  const appUrl = appUrlOf(migrationUrl)
  await prepareDatabase({ migrationUrl, appUrl })
  await using database = createDb(cluster.url('notes'), { max: 1, statementTimeoutMs: 0 })
  const { sql } = database
  await sql`drop table if exists notes`
  await sql.unsafe(createTable)
  await sql`
    insert into notes (id, author_id, title, body, labels, version)
    select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '01900000-0000-7000-8000-000000000000',
      'Note ' || n, repeat('A line of a note. ', 30), '["a label"]', 1
    from generate_series(1, ${COUNT}) n`
  await sql`grant select on notes to ${sql(new URL(appUrl).username)}`
  await sql`analyze notes`
  return { appUrl, [Symbol.asyncDispose]: () => cluster.stop() }
}

export const listNotes = (limit: number): Call => query('notes.list', { limit })

export function getNote(n: number): Call {
  const id = ((n * 7919) % COUNT) + 1
  return query('notes.get', { id: `01900000-0000-7000-8000-${id.toString(16).padStart(12, '0')}` })
}

const query = (path: string, input: object): Call => ({
  method: 'GET',
  path: `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
})
