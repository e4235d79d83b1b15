import path from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BackupError, type CheckedBackup } from './backups.ts'
import { verifyObjects } from './files.ts'
import { requireRows } from './load.ts'
import { readManifest, type Manifest } from './manifest.ts'
import { countRows, readPart, verifyPart, type Part, type Place } from './part.ts'
import { findProgram, listDump } from './pg-programs.ts'

/** Reads every file of a backup. Throws BackupError that names the first which is not as the manifest says. */
export async function checkBackup(place: Place): Promise<Manifest> {
  const manifest = await readManifest(place)
  const { tables, dump, files } = manifest
  if (dump) {
    await verifyPart(place.folder, dump)
    await pipeline(readPart(place, dump), nowhere())
    await requireListed(place, manifest, dump)
  }
  for (const table of tables) {
    if (!table.part) continue
    await verifyPart(place.folder, table.part)
    const rows = countRows()
    await pipeline(readPart(place, table.part), rows.of, nowhere())
    requireRows(table, rows.count())
  }
  if (files) {
    await verifyPart(place.folder, files.index)
    await verifyObjects(place, files.index)
  }
  return manifest
}

/** What `pg_restore` finds in a dump, where one is installed that reads it. */
async function requireListed(place: Place, { tables, postgres }: Manifest, dump: Part) {
  const program = findProgram('pg_restore', Math.floor(postgres / 10_000))
  if (program === undefined) return
  const listed = await listDump(program, readPart(place, dump))
  const missing = tables.find(({ schema, name }) => !listed.has(`${schema} ${name}`))
  if (missing) throw new BackupError(`${dump.file} has no ${missing.schema}.${missing.name}.`)
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

export function summaryOf(folder: string, manifest: Manifest): CheckedBackup {
  const { tables, dump, files, takenAt } = manifest
  const parts = [dump, files?.index, ...tables.map(({ part }) => part)]
  return {
    name: path.basename(folder),
    takenAt,
    bytes: parts.reduce((sum, part) => sum + (part?.bytes ?? 0), files?.bytes ?? 0),
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    files: files?.count ?? 0,
    missing: files?.missing ?? 0,
    by: dump ? 'pg_dump' : 'copy',
  }
}
