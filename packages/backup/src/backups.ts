import type { Storage } from '@galley/storage/storage'
import { z } from 'zod'

/** A backup as it was taken. */
export type TakenBackup = {
  name: string
  /** Its folder. */
  path: string
  /** Of all its files. */
  bytes: number
  tables: number
  rows: number
  files: number
  /** Files that rows name and the storage does not have: the rest of the backup is whole. */
  missing: string[]
  /** How the database was read. */
  by: 'copy' | 'pg_dump'
  /** Why the oldest are there still: this one is whole all the same. */
  notRemoved: Error | undefined
}

/** What a backup turned out to be. */
export type CheckedBackup = Omit<TakenBackup, 'path' | 'missing' | 'notRemoved'> & {
  takenAt: string
  /** How many files were missing when it was taken. */
  missing: number
}

export type Backups = {
  /** Writes one beside those in `folder`, that of the settings unless named, and removes the oldest there. Throws BackupError. */
  take(options?: { folder?: string | undefined; signal?: AbortSignal }): Promise<TakenBackup>
  /** Reads all of it and compares it to its manifest. Throws BackupError that says what is wrong with it. */
  check(folder: string): Promise<CheckedBackup>
  /** Brings it into an empty database, and its files into the storage, after a check. Throws BackupError. */
  restore(folder: string, into: RestoreInto): Promise<CheckedBackup>
}

export type RestoreInto = {
  /** Of the operator's role, as `pnpm migrate` needs it. */
  migrationUrl: string
  /** Of the role that the server runs with. */
  appUrl: string
  /** The role that owns every table: `galley_owner` unless named. */
  ownerRole?: string
  /** Whether the server connects through a pool. */
  isPooled?: boolean
}

/** An object of the storage, by the row that names it. */
export type NamedObject = { key: string; contentType: string }

/** Which objects rows name: a statement, and what of each of its rows. */
export type NamedObjects = { query: string; objectsOf(row: Record<string, unknown>): NamedObject[] }

export type BackupSettings = {
  /** Of a role that may read every table. */
  url: string
  storage: Storage
  objects: NamedObjects
  /** What Galley's version is called. */
  version: string
  /** Where they go unless somewhere else is named. */
  folder?: string | undefined
  /** How many stay: 7. */
  keep?: number
  /** Encrypts them, `BackupKey`. */
  key?: string | undefined
  /** Whether files go along: they do unless told otherwise. */
  withFiles?: boolean
  /** Whether `pg_dump` may be used where it is new enough. */
  usePgDump?: boolean
}

/**
 * A key of age (https://age-encryption.org): `AGE-SECRET-KEY-1...` encrypts and decrypts, `age1...`, which belongs to it, only
 * encrypts. The message never repeats it.
 */
export const BackupKey = z
  .string()
  .regex(
    /^(AGE-SECRET-KEY-1[0-9A-Z]{58}|age1[0-9a-z]{58})$/,
    'it must be AGE-SECRET-KEY-1... or age1..., as pnpm galley backup key makes them',
  )

/** What an operator can act on: the message is all they need. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}
