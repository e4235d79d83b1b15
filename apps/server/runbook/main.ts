import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isCi } from '@galley/testing/env'
import { collectReport, createFailure, type Report } from '@galley/testing/report'
import { freePort } from '@galley/testing/free-port'
import postgres from 'postgres'
import { childEnv } from '../src/env.ts'
import { hasPostgres, POSTGRES_BIN, startPrimary } from './debian-postgres.ts'
import { expectThat, type Person, personAt } from './person.ts'
import { createStage, type Server, type Stage } from './stage.ts'

/**
 * `pnpm runbook`: every command of docs/operations.md, as it stands there, on the last commit in a checkout of its own, the commit before
 * the last migration, and Debian's PostgreSQL 15. Ends with 1 where one fails, does not do what the document says, or was not run.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url))
const say = (line: string) => void process.stdout.write(`${line}\n`)
const git = (...args: string[]) =>
  execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim()

const report: Report = { passed: 0, failures: [] }
if (!hasPostgres()) {
  const lack = 'the runbook needs PostgreSQL 15 with its programs (apt-get install postgresql-15)'
  say(`skipped: ${lack}`)
  if (isCi) report.failures.push(createFailure(lack))
  collectReport('runbook', report)
  process.exit(isCi ? 1 : 0)
}
const folder = mkdtempSync(path.join(tmpdir(), 'galley-runbook-'))
chmodSync(folder, 0o755)
const at = (name: string) => path.join(folder, name)
const begun = performance.now()
try {
  await using stage = createStage(at('log'), say)
  await play(stage).finally(() => (report.passed = stage.ran()))
  const left = stage.left()
  if (left.length > 0) throw new Error(`nothing ran ${left.join(', ')}`)
  say(`all of docs/operations.md ran, in ${Math.round((performance.now() - begun) / 1000)} s`)
  rmSync(folder, { recursive: true, force: true })
} catch (error) {
  const first = error instanceof SuppressedError ? error.suppressed : error
  const message = first instanceof Error ? first.message : String(first)
  say(`FAILS  ${message}\nlogs: ${folder}`)
  report.failures.push(createFailure('a command of docs/operations.md', { message }))
  process.exitCode = 1
}
collectReport('runbook', report)
process.exit()

async function play(stage: Stage) {
  const database = await startPrimary(at('postgres'))
  let isPrimaryUp = true
  try {
    const versions = {
      present: git('rev-parse', 'HEAD'),
      before: commitBefore(lastMigration()),
    }
    const checkout = at('galley')
    execFileSync('git', ['clone', '--quiet', '--no-checkout', root, checkout])
    execFileSync('git', ['-C', checkout, 'checkout', '--quiet', versions.before])

    await administer(database.urlOf('postgres'), (sql) => sql`create database galley`)
    const operator = { 'operator address': database.urlOf('galley') }
    const [port, other] = [await freePort(), await freePort()]
    const appUrl = (name: string, of = database.port) =>
      `postgres://galley:${password}@127.0.0.1:${of}/${name}`
    const password = randomBytes(12).toString('hex')
    const keys = `first:${randomBytes(32).toString('base64')}`
    const env: Record<string, string> = {
      NODE_ENV: 'production',
      DATABASE_URL: appUrl('galley'),
      ENCRYPTION_KEYS: keys,
      PUBLIC_ORIGIN: `http://localhost:${port}`,
      SMTP_URL: 'smtp://127.0.0.1:9',
      PORT: String(port),
      MEDIA_FOLDER: at('media'),
      PATH: `${POSTGRES_BIN}:${childEnv({})['PATH'] ?? ''}`,
      LOG_LEVEL: 'warn',
      CI: 'true',
    }
    const way = { cwd: checkout, env }
    const start = () => stage.serve('start', {}, { ...way, port })
    const restart = async (server: Server) => {
      await drain(stage, server)
      return start()
    }

    // First start, of the version before.
    await stage.run('install', operator, way)
    let server = await start()
    const account = { email: 'you@example.org', password: 'seventeen blue herons' }
    await stage.run(
      'first-admin',
      { email: account.email, name: 'you' },
      { ...way, input: `${account.password}\n` },
    )
    const admin = personAt(() => server.origin, account)
    await admin.signsIn()

    // A new version while the one before serves, back, and forth again.
    await stage.run('upgrade', { ...operator, version: versions.present }, way)
    await admin.isKnown()
    server = await restart(server)
    await admin.isKnown()
    await stage.run('roll-back', { 'version before': versions.before }, way)
    server = await restart(server)
    await admin.signsIn()
    await stage.run('upgrade', { ...operator, version: versions.present }, way)
    server = await restart(server)

    await stage.run('maintenance-on', {}, way)
    await publicIs(server, 503)
    await stage.run('maintenance-off', {}, way)
    await publicIs(server, 200)
    await admin.isKnown()
    await stage.run('counters', {}, way) // publishing
    await stage.run('search', {}, way) // publishing
    await loseSecondFactor(stage, way, database.urlOf('galley'))
    await addServer(stage, way, other, admin)
    await leaks(stage, way, admin)
    server = await changeKey(stage, way, server, restart, admin)

    // A backup, the loss of all, and the restore.
    const file = await admin.uploads()
    const backups = at('backups')
    const pair = await stage.run('backup-key', {}, way)
    const [forServer = '', secret = ''] = Array.from(
      pair.matchAll(/^BACKUP_KEY=(\S+)$/gm),
      ([, key = '']) => key,
    )
    env['BACKUP_KEY'] = forServer
    await stage.run('backup', { folder: backups }, way)
    env['BACKUP_KEY'] = secret
    const [backup = ''] = readdirSync(backups)
    await stage.run('check', { folder: backups, backup }, way)
    await drain(stage, server)
    rmSync(at('media'), { recursive: true, force: true })
    await administer(database.urlOf('postgres'), (sql) => sql`create database restored`)
    env['DATABASE_URL'] = appUrl('restored')
    const target = { 'operator address': database.urlOf('restored') }
    await stage.run('restore', { ...target, folder: backups, backup }, way)
    server = await start()
    await admin.signsIn()
    await admin.sees(file)
    await stage.run('end-sessions', { 'operator address': `"${database.urlOf('restored')}"` }, way)

    // A standby, the loss of the primary, and the promotion.
    const standbyPort = await freePort()
    const standby = { ...way, cwd: at('postgres'), account: database.account }
    await stage.run(
      'standby',
      {
        'primary address': `"${database.urlOf('postgres')}"`,
        folder: at('postgres/standby'),
        port: String(standbyPort),
      },
      standby,
    )
    try {
      await untilStreaming(database.urlOf('postgres'))
      database.stop('primary', 'immediate')
      isPrimaryUp = false
      await stage.run(
        'promote',
        { 'standby address': `"${database.urlOf('postgres', standbyPort)}"` },
        way,
      )
      env['DATABASE_URL'] = appUrl('restored', standbyPort)
      server = await restart(server)
      await admin.signsIn()
      await server.end()
    } finally {
      database.stop('standby', 'immediate')
    }
  } finally {
    if (isPrimaryUp) database.stop('primary', 'immediate')
  }
}

/** Until it is over everybody who comes by `/health/ready` is sent elsewhere, and it ends as it should. */
async function drain(stage: Stage, server: Server) {
  const codes: (number | 'gone')[] = []
  const watch = (async () => {
    while (codes.at(-1) !== 'gone') {
      const code = await fetch(`${server.origin}/health/ready`).then(
        ({ status }) => status,
        () => 'gone' as const,
      )
      codes.push(code)
    }
  })()
  await stage.run('drain', { pid: String(server.pid) }, { cwd: folder, env: {} })
  const [code] = (await server.ended) as [number | null]
  await watch
  expectThat(code === 0, `a server that is drained ends with 0, not ${String(code)}`)
  expectThat(codes.includes(503), `/health/ready says 503 first: ${[...new Set(codes)].join(', ')}`)
}

async function addServer(stage: Stage, way: Way, port: number, admin: Person) {
  const values = { port: String(port) }
  const added = await stage.serve('add-server', values, { ...way, port })
  await stage.run('is-ready', values, way)
  await admin.isKnown(added.origin)
  await added.end()
}

/** What everybody gets, within the 5 s that the document says. */
async function publicIs({ origin }: Server, wanted: number) {
  const giveUpAt = performance.now() + 5_000
  const look = () => fetch(origin)
  let response = await look()
  while (response.status !== wanted && performance.now() < giveUpAt) response = await look()
  expectThat(response.status === wanted, `visitors get ${wanted}: ${response.status}`)
  const mayRetry = response.headers.has('retry-after')
  expectThat(mayRetry === (wanted === 503), `only 503 says when to come again: ${mayRetry}`)
}

/** Of another admin, who has set one up. */
async function loseSecondFactor(stage: Stage, way: Way, url: string) {
  const email = 'other@example.org'
  const input = 'nineteen green kites\n'
  await stage.run('first-admin', { email, name: 'other' }, { ...way, input })
  await administer(
    url,
    (sql) => sql`insert into totp_credentials (user_id, secret_encrypted, confirmed_at)
      select id, 'x', now() from users where email = ${email}`,
  )
  await stage.run('second-factor', { email }, way)
  const left = await administer(url, (sql) => sql`select from totp_credentials`)
  expectThat(Array.isArray(left) && left.length === 0, 'the second factor is gone')
}

type Way = { cwd: string; env: Record<string, string> }

async function leaks(stage: Stage, way: Way, admin: Person) {
  const { accessToken } = await admin.signsIn()
  writeFileSync(at('token'), accessToken)
  await stage.run('leaked-token', { 'file with the token': at('token') }, way)
  await admin.isUnknown()
  await admin.signsIn()
  await stage.run('leaked-key', {}, way)
  await admin.isUnknown()
}

/** The new key is set, everything encrypted with it, and the old one taken away. */
async function changeKey(
  stage: Stage,
  way: Way,
  server: Server,
  restart: (server: Server) => Promise<Server>,
  admin: Person,
) {
  const { env } = way
  const line = await stage.run('new-key', { keys: env['ENCRYPTION_KEYS'] ?? '' }, way)
  const [, both = ''] = /^ENCRYPTION_KEYS=(\S+)\n$/.exec(line) ?? []
  env['ENCRYPTION_KEYS'] = both
  const between = await restart(server)
  const rotated = await stage.run('rotate', {}, way)
  expectThat(
    /^[1-9]\d* secrets encrypted/m.test(rotated),
    `something was encrypted again: ${rotated}`,
  )
  env['ENCRYPTION_KEYS'] = both.split(',')[0] ?? ''
  const after = await restart(between)
  await admin.signsIn()
  return after
}

/** Itself where it is the first. */
function commitBefore(commit: string): string {
  const [, parent] = git('rev-list', '--parents', '-n', '1', commit).split(' ')
  return parent ?? commit
}

function lastMigration(): string {
  return git('log', '-1', '--format=%H', '--', 'packages/db/migrations/meta/_journal.json')
}

async function administer(url: string, work: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The standby has all that the primary has written. */
async function untilStreaming(url: string) {
  const giveUpAt = performance.now() + 30_000
  for (;;) {
    const rows = await administer(
      url,
      (sql) =>
        sql`select from pg_stat_replication where state = 'streaming' and replay_lsn = pg_current_wal_lsn()`,
    )
    if (Array.isArray(rows) && rows.length > 0) return
    if (performance.now() > giveUpAt) throw new Error('the standby did not catch up')
  }
}
