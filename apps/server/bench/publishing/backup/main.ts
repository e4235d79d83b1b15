import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createDb } from '@galley/db/client'
import { createS3Storage } from '@galley/storage/s3'
import { startS3Server } from '@galley/testing/s3-server'
import { appUrlOf } from '../../../dev/services.ts'
import { memoryOf } from '../../usage.ts'
import { openDatabase } from '../data/database.ts'
import { fillDatabase } from '../lists/database.ts'

// `pnpm bench:backup`: how long `pnpm galley backup`, `restore --check` and `restore` take, and how much memory they hold, with few rows
// and with 50,000 articles, with some files in S3 and with a gigabyte of them.
const FILE_BYTES = 10_000_000
const program = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url))

const print = (line: string) => void process.stdout.write(`${line}\n`)

await using large = await openDatabase(print)
const { cluster } = large
const small = await fillDatabase(cluster, 500)
const store = await startS3Server()
const { bucket, region, endpoint, credentials } = store.options
const folder = mkdtempSync(path.join(tmpdir(), 'galley-bench-backup-'))
try {
  await removeFiles()
  print('| of | step | seconds | MB written | MB of memory |\n| --- | --- | --- | --- | --- |')
  await measure('500 articles', small)
  await measure('50,000 articles', large.appUrl)
  for (const count of [10, 100]) {
    await addFiles(count)
    await measure(`${count} files of 10 MB in S3`, small)
  }
} finally {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(of: string, url: string) {
  const note = (step: string, { seconds, memory }: Awaited<ReturnType<typeof run>>, bytes = '') =>
    print(`| ${[of, step, seconds.toFixed(1), bytes, memory].join(' | ')} |`)
  const backup = await run(['backup', '--to', folder], { DATABASE_URL: url })
  const [name = ''] = readdirSync(folder)
  const taken = path.join(folder, name)
  note('backup', backup, String(Math.round(sizeOf(taken) / 1e6)))
  note('check', await run(['restore', '--check', taken], { DATABASE_URL: url }))
  const migrationUrl = await cluster.ensureDatabase('restored')
  const into = { DATABASE_URL: appUrlOf(migrationUrl), MIGRATION_DATABASE_URL: migrationUrl }
  note('restore', await run(['restore', taken], into))
  await using server = createDb(cluster.url(), { max: 1, statementTimeoutMs: 60_000 })
  await server.sql`drop database restored with (force)`
  rmSync(taken, { recursive: true })
}

/** One command in a process of its own: how long it took, and the most memory that it held. */
async function run(args: string[], more: Record<string, string>) {
  const env = {
    PATH: '/usr/bin:/bin',
    NODE_ENV: 'test',
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ENDPOINT: endpoint,
    S3_PATH_STYLE: 'yes',
    S3_ACCESS_KEY_ID: credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...more,
  }
  const begun = performance.now()
  const child = spawn(process.execPath, [program, ...args], { env })
  const exit = once(child, 'exit')
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  let memory = 0
  while (child.exitCode === null && child.signalCode === null) {
    memory = Math.max(memory, memoryOf(child.pid ?? 0).highest || 0)
    await Promise.race([exit, sleep(50)])
  }
  if (child.exitCode !== 0) throw new Error(`galley ${args[0]}: ${(await said).join('')}`)
  return { seconds: (performance.now() - begun) / 1000, memory }
}

/** Of the run before: the store is a new one. */
async function removeFiles() {
  await using database = createDb(small, { max: 1 })
  await database.sql`delete from media`
}

/** Until there are so many, each with its row. */
async function addFiles(count: number) {
  await using database = createDb(small, { max: 1 })
  const { sql } = database
  const storage = createS3Storage(store.options)
  const [{ found } = { found: 0 }] = await sql<{ found: number }[]>`
    select count(*)::int as found from media`
  for (let n = found; n < count; n += 1) {
    const prefix = randomBytes(16).toString('hex')
    const body = Readable.from([randomBytes(FILE_BYTES)])
    await storage.put(`media/${prefix}/upload`, body, { contentType: 'application/pdf' })
    await sql`
      insert into media (id, owner_id, kind, state, mime, file_name, bytes, storage_prefix)
      select gen_random_uuid(), (select id from users limit 1), 'document', 'quarantined', 'application/pdf',
        'a.pdf', ${FILE_BYTES}, ${prefix}`
  }
  storage.close()
}

function sizeOf(parent: string) {
  const files = readdirSync(parent, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return files.reduce(
    (sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size,
    0,
  )
}
