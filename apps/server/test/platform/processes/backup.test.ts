// `pnpm galley backup` and `restore`, each in a process of its own, and the worker that takes backups by itself.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createKey } from '@galley/backup/key'
import { checkMigrations } from '@galley/db/migrate'
import { media } from '@galley/db/schema'
import { findMissingSettings } from '@galley/db/session-settings'
import { startCluster } from '@galley/embedded-postgres'
import { temporaryFolder } from '@galley/embedded-postgres/files'
import { createDiskStorage } from '@galley/storage/disk'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDeps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'
import { createLogger } from '../../../src/log/logger.ts'
import { checkRole } from '../../../src/role-check.ts'
import { startWorker } from '../../../src/start-worker.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { runProgram } from '../../program.ts'

const database = useTestDatabase()
const folder = mkdtempSync(path.join(tmpdir(), 'galley-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => path.join(folder, name)
const files = createDiskStorage({ folder: at('media') })
const prefix = 'a'.repeat(32)
const [key, lost] = [`media/${prefix}/original`, `media/${prefix}/lost`]

type Env = Record<string, string>

const envOf = (more: Env) => ({
  PATH: '/usr/bin:/bin',
  NODE_ENV: 'test',
  ENCRYPTION_KEYS,
  DATABASE_URL: database.url,
  MEDIA_FOLDER: at('media'),
  ...more,
})

const galley = (args: string[], env: Env = {}) => runProgram('cli/main.ts', envOf(env), args)

beforeAll(async () => {
  const owner = await insertUser(database.db)
  const variants = ['original', 'lost'].map((name) => ({
    name,
    mime: 'image/png',
    bytes: 5,
    width: 1,
    height: 1,
  }))
  const made = { kind: 'image', state: 'ready', mime: 'image/png', fileName: 'a.png' } as const
  await database.db.insert(media).values({
    ...made,
    ownerId: owner.id,
    bytes: 5,
    width: 1,
    height: 1,
    storagePrefix: prefix,
    variants,
  })
  await files.put(key, Readable.from(['hello']), { contentType: 'image/png' })
})

// Every variable in a few processes: what a backup is, and how one fails, is tested in packages/backup.
test('a backup by the settings is checked, and restored into an empty database', async () => {
  const { secret, recipient } = await createKey()
  const settings = { BACKUP_DIR: at('kept'), BACKUP_KEEP: '1', BACKUP_PG_DUMP: 'no' }
  expect(await galley(['backup'], { ...settings, BACKUP_FILES: 'no' })).toMatchObject({ code: 0 })
  const [first = ''] = readdirSync(at('kept'))
  const inside = readdirSync(at(`kept/${first}`)).toSorted()
  expect(inside).toEqual(['manifest.json', 'manifest.sha256', 'tables'])

  const taken = await galley(['backup'], { ...settings, BACKUP_KEY: recipient })
  expect(taken).toMatchObject({
    code: 3,
    stdout: expect.stringContaining(` 1 files. 1 files are missing in the storage: ${lost}\n`),
    stderr: '',
  })
  expect(readdirSync(at('kept'))).toHaveLength(1)
  const [backup = ''] = taken.stdout.split(' holds ')
  expect(await galley(['restore', '--check', backup])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'galley: The backup is encrypted: set BACKUP_KEY to its AGE-SECRET-KEY-1...\n',
  })

  // A server that knows none of the roles, and is of another version where tests run on a given one.
  using data = temporaryFolder()
  await using cluster = await startCluster({ dataDir: data.at('pg'), durable: false })
  const adminUrl = await cluster.ensureDatabase('restored')
  const url = Object.assign(new URL(adminUrl), { username: 'app', password: 'x7f' }).href
  const target = { url, adminUrl }
  const into = {
    DATABASE_URL: target.url,
    // As behind a pool: the role brings its settings.
    DATABASE_DIRECT_URL: target.url,
    MIGRATION_DATABASE_URL: target.adminUrl,
    MEDIA_FOLDER: at('restored'),
    BACKUP_KEY: secret,
  }
  expect(await galley(['restore', backup], into)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/ 1 files; 1 were missing when it was taken\. All of it is /),
    stderr: '',
  })
  await checkMigrations(target.url)
  await checkRole(target.url)
  const asPooled = postgres(target.url, { max: 1 })
  expect(await findMissingSettings(asPooled)).toEqual([])
  await asPooled.end()
  const { body } = await createDiskStorage({ folder: at('restored') }).get(key)
  expect(await text(body)).toBe('hello')
  const audited = await database.sql`
    select action, after from audit_log where target_type = 'backup' order by id`
  expect([...audited]).toMatchObject([
    { action: 'backup.taken', after: { files: 0, missing: 0 } },
    { action: 'backup.taken', after: { files: 1, missing: 1 } },
  ])
})

test('BACKUP_SCHEDULE: workers take it by the clock, one of them', async () => {
  const env = parseEnv(envOf({ BACKUP_DIR: at('nightly'), BACKUP_SCHEDULE: '30 2 * * *' }))
  const log = await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' })
  const started = [createDeps(env), createDeps(env)].map((deps) => ({
    deps,
    worker: startWorker(deps, log),
  }))
  try {
    await Promise.all(started.map(({ worker }) => worker.ready))
    expect([
      ...(await database.sql`select cron from pgboss.schedule where name = 'backups.take'`),
    ]).toEqual([{ cron: '30 2 * * *' }])
    // As the clock does when the time has come.
    await database.sql`
      insert into pgboss.job (name, data, policy, retry_limit, expire_seconds, deletion_seconds, keep_until)
      values ('backups.take', '{"payload": {}, "requestId": null, "followed": false}', 'exclusive', 2, 600, 600, now() + interval '1 hour')`
    await expect
      .poll(() => readdirSync(at('nightly')), {
        timeout: 20_000,
      })
      .toEqual([expect.stringMatching(/^galley-\w+-\w+$/)])
  } finally {
    for (const { worker, deps } of started) {
      await worker.stop(2000)
      await deps[Symbol.asyncDispose]()
    }
  }
  expect(readdirSync(at('nightly'))).toHaveLength(1)
})
