import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.ts'
import { handWritten } from './migrations.ts'

const folder = 'packages/db/migrations'

/** The SQL of all migrations, in their order. */
export async function readMigrations(root: string): Promise<string[]> {
  const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.sql'))
  return Promise.all(names.toSorted().map((name) => readFile(join(root, folder, name), 'utf8')))
}

/**
 * One migration in the place of all: the tables that are left, as drizzle-kit makes them, and what earlier migrations
 * say of them by hand.
 */
export async function writeFirstMigration(root: string, earlier: string[]) {
  const path = join(root, folder)
  await rm(path, { recursive: true, force: true })
  await mkdir(path)
  await run(join(root, 'packages/db'), 'drizzle-kit', ['generate', '--name', 'init'])
  const file = join(path, '0000_init.sql')
  const sql = await readFile(file, 'utf8')
  const tables = new Set([...sql.matchAll(/^CREATE TABLE "(\w+)"/gm)].map(([, name = '']) => name))
  const kept = handWritten(earlier, tables)
  await writeFile(
    file,
    `${['-- compatible', sql.trim()].join('\n')}\n--> statement-breakpoint\n${kept.join('\n--> statement-breakpoint\n')}\n`,
  )
}
