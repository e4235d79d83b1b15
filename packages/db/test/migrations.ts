import { mkdirSync, writeFileSync } from 'node:fs'
import { temporaryFolder } from './temporary-folder.ts'

interface Planned {
  tag: string
  sql: string
  when?: number
  idx?: number
}

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
