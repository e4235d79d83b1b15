import { readJournal, type Migration } from '../src/migrate-journal.ts'
import { growingTables } from '../src/growth.ts'
import * as schema from '../src/schema/index.ts'
import { toLine } from './findings.ts'
import { lintMigrations } from './lint.ts'
import { chainFaults, missingStatements } from './snapshots.ts'

/** Those until then were there before this was looked at; a committed migration is not edited. */
const LOOKED_AT_SINCE = Date.UTC(2026, 10, 29, 9)

/**
 * What is wrong with the migrations, a line each: the code's tables have no migration, the chain is broken, one of `base` was changed,
 * a new one stops writers or breaks the version before.
 */
export async function gateFaults(folder: string, base?: string): Promise<string[]> {
  const migrations = readJournal(folder)
  // Before the first one there is nobody to stop.
  const looked = migrations.slice(1).filter(({ when }) => when > LOOKED_AT_SINCE)
  const isGrowing = (table: string) => growingTables.has(table)
  const findings = await lintMigrations(
    folder,
    looked.map(({ tag }) => tag),
    isGrowing,
  )
  const missing = await missingStatements(folder, schema)
  return [
    ...chainFaults(folder),
    ...missing.map(
      (statement) => `No migration has: ${statement} Run pnpm --filter @galley/db generate.`,
    ),
    ...looked.filter((each) => !isMarked(each)).map(({ tag }) => unmarked(tag)),
    ...(base === undefined ? [] : editedSince(readJournal(base), migrations)),
    ...findings.map(toLine),
  ]
}

const isMarked = ({ statements: [first = ''] }: Migration) =>
  /^-- (compatible|breaking: .+)(\n|$)/.test(first)

const unmarked = (tag: string) =>
  `The first line of ${tag}.sql must be \`-- compatible\`, or \`-- breaking: why\`.`

function editedSince(before: Migration[], now: Migration[]): string[] {
  return before.flatMap(({ tag, hash }, index) =>
    now[index]?.hash === hash
      ? []
      : [`${tag} was changed, or is gone, and may have been applied: put it back.`],
  )
}
