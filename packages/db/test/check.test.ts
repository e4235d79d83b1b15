// `pnpm db:check`: what is wrong with the migrations of the repository (nothing), and that it is found where something is.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from '@galley/embedded-postgres/files'
import { integer, pgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { gateFaults } from '../check/gate.ts'
import { lintMigrations } from '../check/lint.ts'
import { chainFaults, missingStatements } from '../check/snapshots.ts'
import * as schema from '../src/schema/index.ts'
import { migrationsFolder, ownFolder } from './migrations.ts'

const isGrowing = (table: string) => table !== 'keys'

/** The rules that each of these migrations breaks. */
async function rulesOf(...texts: string[]): Promise<string[][]> {
  const tags = texts.map((_, index) => `${String(index).padStart(4, '0')}_one`)
  using folder = migrationsFolder(...texts.map((sql, index) => ({ tag: tags[index] ?? '', sql })))
  const findings = await lintMigrations(folder.path, tags, isGrowing)
  return tags.map((tag) =>
    findings.filter((each) => each.tag === tag).map(({ line, rule }) => `${line} ${rule}`),
  )
}

const compatible = (...texts: string[]) => rulesOf(...texts.map((sql) => `-- compatible\n${sql}`))

test('the migrations of the repository are in order', async () => {
  expect(await gateFaults(ownFolder, ownFolder)).toEqual([])
})

test('what stops writers is found', async () => {
  const stops = {
    'create index i on people (name)': 'require-concurrent-index-creation',
    'alter table people add at timestamptz default clock_timestamp()': 'adding-field-with-default',
    'alter table people add constraint c check (age > 0)': 'constraint-missing-not-valid',
    'alter table people add constraint c unique (name)': 'disallowed-unique-constraint',
    'alter table people add constraint f foreign key (a) references teams (id)':
      'adding-foreign-key-constraint',
    'alter table people alter column age set not null': 'adding-not-nullable-field',
    'alter table people alter column age type bigint': 'changing-column-type',
    'update people set age = 1': 'rows-at-once',
    'insert into people select * from persons': 'rows-at-once',
    'alter table people validate constraint c': 'mode',
    'create index concurrently if not exists i on people (name)': 'mode',
  }
  const found = await compatible(...Object.keys(stops))
  expect(found).toEqual(Object.values(stops).map((rule) => expect.arrayContaining([`2 ${rule}`])))
  const lean = await compatible(
    'alter table people add constraint f foreign key (a) references teams (id) not valid',
    'alter table people add column age integer default 0 not null',
    'drop index i',
  )
  expect(lean).toEqual([[], [], []])
})

test('what a version that runs on needs is not taken away, unless it is marked as breaking', async () => {
  const statements = [
    'alter table people drop column age',
    'alter table people rename age to years',
    'alter table people rename to persons',
    'alter table people alter column age drop not null',
    'alter table people add column size integer not null',
    'drop table people',
  ]
  for (const rules of await compatible(...statements)) expect(rules).toHaveLength(1)
  const marked = statements.map((sql) => `-- breaking: nobody uses it\n${sql}`)
  expect((await rulesOf(...marked)).flat()).toEqual([])
})

test('what is new, or never has many rows, may be locked', async () => {
  const made = 'create table teams (id uuid primary key, name text not null);'
  const sql = `${made}--> statement-breakpoint
create index teams_name on teams (name);--> statement-breakpoint
insert into teams select gen_random_uuid(), 'One';--> statement-breakpoint
alter table teams add constraint f foreign key (id) references teams (id);--> statement-breakpoint
create index keys_name on keys (name);`
  expect(await compatible(sql)).toEqual([[]])
})

test('a line above a statement allows what it names, with a reason', async () => {
  const sql = 'create index i on people (name)'
  const rule = 'require-concurrent-index-creation'
  const allowed = [
    `-- allowed ${rule}: a partial index of a handful\n${sql}`,
    `-- allowed ${rule}:\n${sql}`,
    `-- allowed mode: another one\n${sql}`,
  ]
  expect(await compatible(...allowed)).toEqual([[], [`3 ${rule}`], [`3 ${rule}`]])
})

test('a migration beside writers, or in batches, has what may be repeated and nothing else', async () => {
  const found = await compatible(
    '-- concurrently\ncreate unique index concurrently if not exists i on people (name)',
    '-- concurrently\ndrop index concurrently if exists i',
    '-- concurrently\nalter table people validate constraint c',
    '-- in batches\nselect next from count_people($1::uuid)',
    '-- concurrently\ncreate index concurrently i on people (name)',
    '-- concurrently\nalter table people add column age integer',
    '-- in batches\nupdate people set age = 1',
  )
  expect(found).toEqual([[], [], [], [], ['3 mode'], ['3 mode'], ['2 mode']])
})

test('a text that PostgreSQL does not understand is no migration', async () => {
  await expect(compatible('create tabel people ()')).rejects.toThrow(/syntax error/)
})

describe('of the chain', () => {
  test('a table of the code without a migration is named', async () => {
    const people = pgTable('new_people', { age: integer('age') })
    const [statement] = await missingStatements(ownFolder, { ...schema, people })
    expect(statement).toMatch(/CREATE TABLE "new_people"/)
    expect(await missingStatements(ownFolder, schema)).toEqual([])
  })

  test('two branches that each made a migration are found after their merge', () => {
    using folder = copyOfOwn()
    expect(chainFaults(folder.path)).toEqual([])
    folder.edit((text) => JSON.stringify({ ...JSON.parse(text), prevId: 'of another branch' }))
    expect(chainFaults(folder.path)).toEqual([
      expect.stringMatching(/_snapshot.json does not follow .*another branch made a migration too/),
    ])
  })

  test('marks of a merge are named', () => {
    using folder = copyOfOwn()
    folder.edit((text) => `<<<<<<< ours\n${text}>>>>>>> theirs\n`)
    expect(() => chainFaults(folder.path)).toThrow(/_snapshot.json has the marks of a merge/)
  })

  test('one that was changed after it had been committed is named', async () => {
    using folder = copyOfOwn()
    const tag = folder.lastTag
    writeFileSync(path.join(folder.path, `${tag}.sql`), '-- compatible\nselect 1')
    const faults = await gateFaults(folder.path, ownFolder)
    expect(faults).toContainEqual(expect.stringContaining(`${tag} was changed`))
  })

  test('a new one must say whether the version before runs on, and is looked at', async () => {
    using folder = copyOfOwn()
    folder.add('create index i on users (bio)')
    expect(await gateFaults(folder.path, ownFolder)).toEqual([
      'The first line of 9999_new.sql must be `-- compatible`, or `-- breaking: why`.',
      expect.stringMatching(/^9999_new.sql:1 require-concurrent-index-creation: /),
    ])
  })
})

function copyOfOwn() {
  const folder = temporaryFolder()
  cpSync(ownFolder, folder.at(), { recursive: true })
  const journalFile = folder.at('meta', '_journal.json')
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'))
  const last: { idx: number; tag: string; when: number } = journal.entries.at(-1)
  const snapshotFile = folder.at('meta', `${last.tag.slice(0, 4)}_snapshot.json`)
  const snapshot = readFileSync(snapshotFile, 'utf8')
  return {
    ...folder,
    path: folder.at(),
    lastTag: last.tag,
    /** Changes the last snapshot. */
    edit: (change: (text: string) => string) => writeFileSync(snapshotFile, change(snapshot)),
    /** A migration after the last, which changes no table. */
    add(sql: string) {
      const entry = { ...last, idx: last.idx + 1, tag: '9999_new', when: last.when + 86_400_000 }
      writeFileSync(
        journalFile,
        JSON.stringify({ ...journal, entries: [...journal.entries, entry] }),
      )
      writeFileSync(folder.at('9999_new.sql'), sql)
      const next = { ...JSON.parse(snapshot), prevId: JSON.parse(snapshot).id, id: 'new' }
      writeFileSync(folder.at('meta', '9999_snapshot.json'), JSON.stringify(next))
    },
  }
}
