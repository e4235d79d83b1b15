/**
 * What migrations hold besides what drizzle-kit makes of the tables: kept are the schema of the job queue, and settings,
 * triggers and functions of tables that stay, as far as they need no table that goes, and extensions that these call.
 * Throws at a statement of a kind that it does not know.
 */
export function handWritten(migrations: string[], tables: ReadonlySet<string>): string[] {
  const statements = migrations.flatMap((text) =>
    text.startsWith(queueHead) ? [text.trim()] : statementsOf(text),
  )
  const kept = statements.filter((statement) => isKept(bare(statement), tables))
  const made = migrations.join('\n').matchAll(/^create table "(\w+)"/gim)
  const gone = [...made].flatMap(([, name = '']) => (tables.has(name) ? [] : [name]))
  return withoutUncalled(withoutNeeding(kept, gone))
}

/** Functions that name something that is gone go, and then what calls these or says who may. */
function withoutNeeding(statements: string[], gone: string[]): string[] {
  if (gone.length === 0) return statements
  const needs = new RegExp(`\\b(?:${gone.join('|')})\\b`)
  const isLost = (statement: string) =>
    (/^create (?:or replace )?(?:function|trigger)\b/i.test(bare(statement)) ||
      saysWhoMay.test(bare(statement))) &&
    needs.test(statement)
  const lost = statements.filter(isLost).flatMap((statement) => nameOf(statement) ?? [])
  return withoutNeeding(
    statements.filter((statement) => !isLost(statement)),
    lost,
  )
}

/** Functions that only removed triggers called go, and then those, and extensions, that these called. */
function withoutUncalled(statements: string[]): string[] {
  const called = statements.filter((statement) => {
    const name = nameOf(statement)
    if (name === undefined) return true
    // Its other versions do not count.
    const rest = statements.filter((each) => nameOf(each) !== name).join('\n')
    return new RegExp(`\\b${name}\\b`).test(rest)
  })
  return called.length === statements.length ? called : withoutUncalled(called)
}

/** What a statement makes that others may call. */
const nameOf = (statement: string) =>
  /^create (?:or replace )?(?:function|aggregate|extension)(?: if not exists)? (\w+)/i.exec(
    bare(statement),
  )?.[1]

const saysWhoMay = /^(?:revoke|grant) execute on function\b/i

const queueHead = '-- The schema of pg-boss'

const statementsOf = (text: string) =>
  text
    .split('--> statement-breakpoint')
    .map((each) => each.trim())
    .filter((each) => bare(each) !== '')

const bare = (statement: string) => statement.replaceAll(/^--.*$/gm, '').trim()

function isKept(statement: string, tables: ReadonlySet<string>): boolean {
  if (/^create schema if not exists pgboss/i.test(statement)) return true
  // What is in rows of a database that has none yet, and what the tables say themselves.
  if (
    /^(update|insert into|delete from|select|with|create table|(create|drop) (unique )?index)\b/i.test(
      statement,
    )
  )
    return false
  const [, table] = /^alter table "(\w+)" set (?:un)?logged/i.exec(statement) ?? []
  if (table !== undefined) return tables.has(table)
  if (/^(alter|drop) table\b/i.test(statement)) return false
  if (/^create (or replace )?(function|aggregate|extension)\b/i.test(statement)) return true
  if (saysWhoMay.test(statement)) return true
  const [, target] = /^create (?:or replace )?trigger \w+ .*? on "?(\w+)"?/is.exec(statement) ?? []
  if (target !== undefined) return tables.has(target)
  throw new Error(`A migration has a statement that is not known here:\n${statement.slice(0, 200)}`)
}
