import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '@galley/embedded-postgres/files'

interface Planned {
  tag: string
  sql: string
  when?: number
  idx?: number
}

export const one = { tag: '0000_one', sql: 'create table one ();' }
export const two = { tag: '0001_two', sql: 'create table two ();' }
export const three = { tag: '0002_three', sql: 'create table three ();' }

/** A folder of migrations as drizzle-kit writes it, one second apart unless they say otherwise. */
export function migrationsFolder(...migrations: Planned[]) {
  const folder = temporaryFolder()
  mkdirSync(folder.at('meta'))
  for (const { tag, sql } of migrations) writeFileSync(folder.at(`${tag}.sql`), sql)
  const entries = migrations.map(({ tag, idx, when }, index) => ({
    idx: idx ?? index,
    version: '7',
    when: when ?? Date.UTC(2026, 0, 1, 0, 0, index),
    tag,
    breakpoints: true,
  }))
  const journal = { version: '7', dialect: 'postgresql', entries }
  writeFileSync(folder.at('meta', '_journal.json'), JSON.stringify(journal))
  return { ...folder, path: folder.at() }
}

export const ownFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** Galley's migrations as they were when the one named was the last. */
export function migrationsUpTo(last: string) {
  const folder = temporaryFolder()
  const { entries, ...journal } = JSON.parse(
    readFileSync(`${ownFolder}/meta/_journal.json`, 'utf8'),
  )
  const index = entries.findIndex(({ tag }: Planned) => tag === last)
  const kept: Planned[] = entries.slice(0, index + 1)
  mkdirSync(folder.at('meta'))
  for (const { tag } of kept) copyFileSync(`${ownFolder}/${tag}.sql`, folder.at(`${tag}.sql`))
  writeFileSync(folder.at('meta', '_journal.json'), JSON.stringify({ ...journal, entries: kept }))
  return { ...folder, path: folder.at() }
}
