import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'

export interface Migration {
  /** The name of its file, without `.sql`. */
  tag: string
  /** Milliseconds since 1970: what Drizzle orders by. */
  when: number
  /** SHA-256 of the file. */
  hash: string
  statements: string[]
  /** Whether versions before run on: its first line is `-- compatible`. */
  compatible: boolean
  /** Whether its one statement changes rows bit by bit, without locking their table: its second line is `-- in batches`. */
  batched: boolean
  /** Whether each of its statements runs by itself, beside writers: its second line is `-- concurrently`. */
  concurrent: boolean
}

interface Entry {
  idx: number
  when: number
  tag: string
}

/**
 * The migrations of a folder in the order of their journal. Throws MigrationError unless numbers and times rise strictly (Drizzle
 * skips, without a word, one that is older than the last applied: drizzle-orm #5769) and files and journal match.
 */
export function readJournal(folder: string): Migration[] {
  const entries = parseJournal(folder)
  entries.forEach((entry, index) => {
    const before = entries[index - 1]
    if (entry.idx !== index || (before && entry.when <= before.when)) {
      throw new MigrationError(
        `Migration ${entry.tag} is out of order in ${folder}${before ? `: it must come after ${before.tag}` : ''}. Delete it and generate it again.`,
      )
    }
  })
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  const expected = entries.map(({ tag }) => `${tag}.sql`)
  const odd = new Set(files).symmetricDifference(new Set(expected))
  if (odd.size > 0) {
    throw new MigrationError(
      `The journal of ${folder} does not match its files: ${[...odd].join(', ')}.`,
    )
  }
  return readMigrationFiles({ migrationsFolder: folder }).map(({ hash, sql }, index) => {
    const { tag = '', when = 0 } = entries[index] ?? {}
    const [first = ''] = sql
    const compatible = /^-- compatible\b/.test(first)
    const batched = /^-- in batches$/m.test(first)
    const concurrent = /^-- concurrently$/m.test(first)
    return { tag, when, hash, statements: sql, compatible, batched, concurrent }
  })
}

function parseJournal(folder: string): Entry[] {
  const file = path.join(folder, 'meta', '_journal.json')
  try {
    const { entries }: { entries: Entry[] } = JSON.parse(readFileSync(file, 'utf8'))
    return entries
  } catch (cause) {
    throw new MigrationError(`The journal of migrations ${file} cannot be read.`, { cause })
  }
}

/** The migrations, or what the database knows of them, are not in order. The message says which and what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}
