import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { BackupError } from './backups.ts'
import { Part, readPart, writePart, type Place } from './part.ts'

const Table = z.strictObject({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.int().nonnegative(),
  /** Its rows as `copy` writes them; none where it has none, or the database is in one dump. */
  part: Part.optional(),
})
export type Table = z.output<typeof Table>

/** What is in a backup. It is written last. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  /** Of Galley. */
  version: z.string(),
  takenAt: z.iso.datetime(),
  /** The server's version as one number. */
  postgres: z.int(),
  /** The last migration, and the hashes of all. */
  migration: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(Table),
  dump: Part.optional(),
  files: z
    .strictObject({
      index: Part,
      count: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      missing: z.int().nonnegative(),
    })
    .optional(),
})
export type Manifest = z.output<typeof Manifest>

const NAME = 'manifest.json'
const DIGEST = 'manifest.sha256'

/** Writes it, and beside it its digest as `sha256sum --check` reads it. */
export async function writeManifest(place: Place, manifest: Manifest): Promise<number> {
  const json = `${JSON.stringify(manifest, null, 2)}\n`
  const part = await writePart(place, NAME, Readable.from([Buffer.from(json)]))
  const line = `${part.sha256}  ${part.file}\n`
  await writeFile(path.join(place.folder, DIGEST), line, { mode: 0o600, flush: true })
  return part.bytes + line.length
}

/** Throws BackupError where there is none, it was altered, or this version cannot read it. */
export async function readManifest(place: Place): Promise<Manifest> {
  const { folder } = place
  const digest = await readFile(path.join(folder, DIGEST), 'utf8').catch(() => '')
  const [, sha256, file] = /^([0-9a-f]{64}) {2}(manifest\.json(?:\.age)?)\n$/.exec(digest) ?? []
  if (sha256 === undefined || file === undefined || !existsSync(path.join(folder, file))) {
    throw new BackupError(`${folder} is no whole backup: its manifest is missing.`)
  }
  const stored = await readFile(path.join(folder, file))
  if (createHash('sha256').update(stored).digest('hex') !== sha256) {
    throw new BackupError(`${file} was altered: its SHA-256 is not that of ${DIGEST}.`)
  }
  const parsed = Manifest.safeParse(parse(await text(readPart(place, { file }))))
  if (parsed.success) return parsed.data
  throw new BackupError(`${file} is not a manifest that this version of Galley reads.`)
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
