import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BackupError, type BackupSettings, type TakenBackup } from './backups.ts'
import { copyObjects, listObjects } from './files.ts'
import { beginFolder, removeOld } from './folder.ts'
import { writeManifest, type Manifest, type Table } from './manifest.ts'
import {
  countRows,
  explainWrite,
  inPieces,
  toError,
  writePart,
  type Part,
  type Place,
} from './part.ts'
import { findProgram, runDump } from './pg-programs.ts'
import { withSnapshot, type Snapshot, type TableOf } from './snapshot.ts'

/** Writes one backup and removes the oldest, or says why it did not. Of one that fails nothing stays. */
export async function takeBackup(
  settings: BackupSettings,
  { folder = settings.folder, signal }: { folder?: string | undefined; signal?: AbortSignal },
): Promise<TakenBackup> {
  if (folder === undefined) throw new BackupError('BACKUP_DIR is not set.')
  const unfinished = await beginFolder(path.resolve(folder))
  const place = { folder: unfinished.partial, key: settings.key, signal }
  try {
    const { manifest, missing, bytes } = await write(settings, place)
    const { name, path: target } = await unfinished.finish()
    const notRemoved = await removeOld(path.resolve(folder), settings.keep ?? 7).then(
      () => undefined,
      (error: unknown) => toError(explainWrite(error, target)),
    )
    return {
      name,
      path: target,
      bytes,
      missing,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: manifest.files?.count ?? 0,
      by: manifest.dump ? 'pg_dump' : 'copy',
      notRemoved,
    }
  } catch (error) {
    await unfinished.abandon()
    throw explainWrite(error, unfinished.partial)
  }
}

async function write(settings: BackupSettings, place: Place) {
  const { url, objects, version, storage, withFiles = true } = settings
  const stored = await withSnapshot(url, place.signal, async (snapshot) => {
    if (withFiles) await listObjects(snapshot, place, objects)
    const database = await writeDatabase(settings, place, snapshot)
    const { takenAt, postgres, migration, migrations } = snapshot
    return { format: 1 as const, version, takenAt, postgres, migration, migrations, ...database }
  })
  if (!withFiles) return finish(place, stored, [])
  const { missing, ...files } = await copyObjects(place, storage)
  return finish(place, { ...stored, files: { ...files, missing: missing.length } }, missing)
}

async function finish(place: Place, manifest: Manifest, missing: string[]) {
  place.signal?.throwIfAborted()
  const { tables, dump, files } = manifest
  const parts = [dump, files?.index, ...tables.map(({ part }) => part)]
  const stored = parts.reduce((sum, part) => sum + (part?.bytes ?? 0), files?.bytes ?? 0)
  return { manifest, missing, bytes: stored + (await writeManifest(place, manifest)) }
}

type Written = { tables: Table[]; dump?: Part }

async function writeDatabase(
  { url, usePgDump = true }: BackupSettings,
  place: Place,
  snapshot: Snapshot,
): Promise<Written> {
  const program = usePgDump && findProgram('pg_dump', Math.floor(snapshot.postgres / 10_000))
  const tables: Table[] = []
  if (!program) {
    for (const table of snapshot.tables) tables.push(await copyOut(place, snapshot, table))
    return { tables }
  }
  for (const { schema, name, columns } of snapshot.tables) {
    const { sql } = snapshot
    const [row] = await sql`select count(*)::float8 as rows from ${sql(schema)}.${sql(name)}`
    tables.push({ schema, name, columns, rows: Number(row?.['rows']) })
  }
  const dump = await whileAlive(snapshot, place, (alive) =>
    writePart(alive, 'database.dump', runDump(program, url, snapshot.id)),
  )
  return { tables, dump }
}

async function copyOut(place: Place, { sql }: Snapshot, table: TableOf): Promise<Table> {
  const { schema, name, columns, copyOut: statement } = table
  const [first] = await sql`select from ${sql(schema)}.${sql(name)} limit 1`
  if (!first) return { schema, name, columns, rows: 0 }
  const rows = countRows()
  const stream = inPieces(rows.of(await sql.unsafe(statement).readable()))
  const part = await writePart(place, `tables/${schema}.${name}.copy.zst`, stream)
  return { schema, name, columns, rows: rows.count(), part }
}

/** The snapshot lives as long as its connection, on which nothing else is heard meanwhile. */
async function whileAlive<Result>(
  { sql }: Snapshot,
  place: Place,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const [done, lost] = [new AbortController(), new AbortController()]
  const watch = async () => {
    while (!done.signal.aborted) {
      await sql`select 1`
      await sleep(5_000, undefined, { signal: done.signal }).catch(() => {})
    }
  }
  void watch().catch((reason: unknown) => lost.abort(reason))
  const signals = [lost.signal, ...(place.signal ? [place.signal] : [])]
  try {
    return await work({ ...place, signal: AbortSignal.any(signals) })
  } finally {
    done.abort()
  }
}
