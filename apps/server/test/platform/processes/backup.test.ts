// The commands of docs/operations.md, "Backup and restore", as they stand there.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDb } from '@galley/db/client'
import { checkMigrations } from '@galley/db/migrate'
import { articles, articleTags, tags, users } from '@galley/db/schema'
import { createTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { checkRole } from '../../../src/role-check.ts'
import { childEnv } from '../../../src/env.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'

const root = fileURLToPath(new URL('../../../../..', import.meta.url))

/** A dump is taken by programs at least as new as the server: Debian's do not serve the embedded PostgreSQL. */
const dumps = Number(
  / (\d+)/.exec(spawnSync('pg_dump', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0,
)

test('a dump that is restored into an empty database is the whole of Galley', async ({ skip }) => {
  await using source = await createTestDatabase()
  const [server] =
    await source.sql`select current_setting('server_version_num')::int / 10000 as major`
  skip(dumps < Number(server?.major), `pg_dump ${dumps} for PostgreSQL ${String(server?.major)}`)
  await fill(source)

  const folder = mkdtempSync(join(tmpdir(), 'galley-backup-'))
  const name = `${new URL(source.url).pathname.slice(1)}_restored`
  const [target, targetAdmin] = [source.url, source.adminUrl].map(
    (url) => Object.assign(new URL(url), { pathname: `/${name}` }).href,
  )
  try {
    const [backup = '', restore = ''] = commands()
    const run = (script: string, MIGRATION_DATABASE_URL = '', DATABASE_URL = '') =>
      execFileSync('bash', ['-euc', script.replaceAll('/var/backups', folder)], {
        cwd: root,
        env: childEnv({ MIGRATION_DATABASE_URL, DATABASE_URL, ENCRYPTION_KEYS, NODE_ENV: 'test' }),
        encoding: 'utf8',
      })
    run(backup, source.adminUrl, source.url)
    await source.asOperator((sql) => sql`create database ${sql(name)}`)
    expect(run(restore, targetAdmin, target)).toContain('0 migrations applied')
    await checkMigrations(target ?? '')
    await checkRole(target ?? '')
    await expectWhole(target ?? '')
  } finally {
    await source.asOperator((sql) => sql`drop database if exists ${sql(name)} with (force)`)
    rmSync(folder, { recursive: true })
  }
})

type Target = Awaited<ReturnType<typeof createTestDatabase>>

async function fill({ db }: Pick<Target, 'db'>) {
  const author = await insertUser(db)
  const article = await insertArticle(db, { authorId: author.id })
  const [tag] = await db.insert(tags).values({ slug: 'printing' }).returning()
  await db.insert(articleTags).values({ articleId: article.id, tagId: tag?.id ?? '', position: 0 })
}

/** Its rows, and as the server's role: what a trigger counts, and that the audit log only grows. */
async function expectWhole(url: string) {
  await using database = createDb(url, { max: 1 })
  const { db, sql } = database
  expect(await db.$count(users)).toBe(1)
  expect(await db.select({ count: tags.articleCount }).from(tags)).toEqual([{ count: 1 }])
  await db.delete(articles)
  expect(await db.select({ count: tags.articleCount }).from(tags)).toEqual([{ count: 0 }])
  await expect(sql`delete from audit_log`).rejects.toThrow('permission denied')
}

function commands(): string[] {
  const document = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  const [, chapter = ''] = document.split('## Backup and restore\n')
  const [own = ''] = chapter.split('\n## ')
  return [...own.matchAll(/```sh\n(.+?)```/gs)].map(([, script = '']) => script)
}
