import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readJournal, type Migration } from '../src/migrate-journal.ts'
import type { Finding } from './findings.ts'
import { modeFaults } from './modes.ts'
import { squawk } from './squawk.ts'
import { parseStatements, type Statement } from './statements.ts'

/** What a version that runs on cannot do without: a migration says `-- breaking: why` where it takes it away. */
const takesAway = new Set([
  'renaming-column',
  'renaming-table',
  'ban-drop-column',
  'ban-drop-table',
  'ban-drop-not-null',
  'adding-required-field',
  'changing-column-type',
])

/** What holds a table for as long as it has rows: nothing in one that never has many. */
const takesTime = new Set([
  'adding-field-with-default',
  'adding-foreign-key-constraint',
  'adding-not-nullable-field',
  'changing-column-type',
  'constraint-missing-not-valid',
  'disallowed-unique-constraint',
  'require-concurrent-index-creation',
  'rows-at-once',
])

/**
 * What would stop writers, or break the version before, in these migrations of a folder. `-- allowed <rule>: why` in the
 * line above a statement takes a finding away. Throws where PostgreSQL would not understand one.
 */
export async function lintMigrations(
  folder: string,
  tags: string[],
  isGrowing: (table: string) => boolean,
): Promise<Finding[]> {
  const found = Map.groupBy(squawk(folder, tags), ({ tag }) => tag)
  const wanted = readJournal(folder).filter(({ tag }) => tags.includes(tag))
  const findings = wanted.map(async (migration) => {
    const text = readFileSync(path.join(folder, `${migration.tag}.sql`), 'utf8')
    const statements = await parseStatements(text)
    const own = [...rowsAtOnce(migration, statements), ...modeFaults(migration, statements)]
    return [...(found.get(migration.tag) ?? []), ...own].filter((finding) =>
      counts(finding, { migration, statements, lines: text.split('\n'), isGrowing }),
    )
  })
  return (await Promise.all(findings)).flat()
}

/** Changes of rows hold these, and all tables of the migration, until the whole of it is done. */
function rowsAtOnce({ tag, batched }: Migration, statements: Statement[]): Finding[] {
  if (batched) return []
  const made = new Set(
    statements.flatMap(({ kind, table }) => (kind === 'CreateStmt' ? table : [])),
  )
  const changes = new Set(['UpdateStmt', 'DeleteStmt', 'InsertStmt', 'MergeStmt'])
  const message =
    'Rows that are changed in one transaction are locked until its end, and writers wait. Change them in a migration of its own, `-- in batches`.'
  return statements
    .filter(({ kind, table }) => changes.has(kind) && !made.has(table))
    .map(({ first: line }) => ({ tag, line, rule: 'rows-at-once', message }))
}

type Surroundings = {
  migration: Migration
  statements: Statement[]
  lines: string[]
  isGrowing: (table: string) => boolean
}

function counts({ rule, line }: Finding, about: Surroundings): boolean {
  const { migration, statements, lines, isGrowing } = about
  if (takesAway.has(rule) && !takesTime.has(rule) && !migration.compatible) return false
  const statement = statements.find(({ first, last }) => first <= line && line <= last)
  if (!statement) return true
  if (/^-- allowed (\S+): \S/.exec(lines[statement.first - 2] ?? '')?.[1] === rule) return false
  const { table } = statement
  return !takesTime.has(rule) || takesAway.has(rule) || table === undefined || isGrowing(table)
}
