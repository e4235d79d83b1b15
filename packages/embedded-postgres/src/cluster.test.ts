import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import postgres, { type Sql } from 'postgres'
import { describe, expect, test } from 'vitest'
import { useDataFolder } from '../test/data-folder.ts'
import { startOwner } from '../test/owner.ts'
import { temporaryFolder } from './files.ts'
import { removeCluster, startCluster, type Cluster } from './cluster.ts'
import { findPostmaster } from './postmaster.ts'
import { unprivilegedAccount } from './run-as.ts'

const asRoot = process.getuid?.() === 0

describe('a new data folder', () => {
  test('holds a durable UTF-8 cluster behind a password that only its owner can read', async () => {
    using folder = temporaryFolder()
    await using cluster = await startCluster({ dataDir: folder.at('pg') })

    expect(cluster.adopted).toBe(false)
    const settings = await ask(
      cluster,
      (sql) => sql`
        select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding,
          current_setting('listen_addresses') as addresses, current_setting('timezone') as timezone,
          current_setting('server_version_num')::int / 10000 as major`,
    )
    expect(settings).toEqual([
      { fsync: 'on', encoding: 'UTF8', addresses: '127.0.0.1', timezone: 'UTC', major: 18 },
    ])
    expect(mode(folder.at('pg'))).toBe(0o700)
    expect(mode(folder.at('pg.password'))).toBe(0o600)
    const guess = postgres(cluster.url().replace(/:[^:@]+@/, ':guess@'), { max: 1 })
    await expect(guess`select 1`).rejects.toMatchObject({ code: '28P01' })
  })

  test('keeps what was written over a restart', async () => {
    using folder = temporaryFolder()
    const first = await startCluster({ dataDir: folder.at('pg') })
    const url = await first.ensureDatabase('galley')
    expect(await first.ensureDatabase('galley')).toBe(url)
    await ask(first, (sql) => sql`create table kept as select 'written' as word`, 'galley')
    await first.stop()
    expect(findPostmaster(folder.at('pg'))).toBeUndefined()

    await using second = await startCluster({ dataDir: folder.at('pg') })
    expect(second.adopted).toBe(false)
    expect(await ask(second, (sql) => sql`select word from kept`, 'galley')).toEqual([
      { word: 'written' },
    ])
  })

  test('is begun again when the first attempt was cut off', async () => {
    using folder = temporaryFolder()
    mkdirSync(folder.at('pg'))
    mkdirSync(folder.at('pg.partial'))
    writeFileSync(folder.at('pg.partial', 'PG_VERSION'), '18\n')
    writeFileSync(folder.at('pg.password'), 'of the first attempt\n')

    await using cluster = await startCluster({ dataDir: folder.at('pg') })
    expect(await ask(cluster, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }])
    expect(existsSync(folder.at('pg.partial'))).toBe(false)
  })

  test('may be started by two processes at once: one server, one owner', async () => {
    using folder = temporaryFolder()
    const [one, two] = await Promise.all([startOwner(folder.at('pg')), startOwner(folder.at('pg'))])
    const [owner, guest] = one.started.adopted ? [two, one] : [one, two]
    expect(owner.started.adopted).toBe(false)
    expect(guest.started).toEqual({ ...owner.started, adopted: true })

    await guest.end()
    expect(findPostmaster(folder.at('pg'))?.pid).toBe(owner.started.pid)
    await owner.end()
    expect(findPostmaster(folder.at('pg'))).toBeUndefined()
  })

  test.runIf(asRoot)('goes where the account of the server can reach it', async () => {
    using folder = temporaryFolder()
    mkdirSync(folder.at('closed'), { mode: 0o700 })
    const dataDir = folder.at('closed', 'pg')
    const first = await startCluster({ dataDir })
    try {
      expect(first.dataDir).toMatch(/^\/var\/lib\/galley\/pg-[0-9a-f]{12}$/)
      await ask(first, (sql) => sql`create table kept ()`)
      await first.stop()
      await using second = await startCluster({ dataDir })
      expect(await ask(second, (sql) => sql`select from kept`)).toEqual([])
    } finally {
      await removeCluster(dataDir)
    }
    expect(existsSync(first.dataDir)).toBe(false)
    expect(existsSync(`${first.dataDir}.password`)).toBe(false)
  })
})

const folder = useDataFolder()

describe('a running server', () => {
  test('is adopted, and left running by a guest', async () => {
    await using owner = await startCluster({ dataDir: folder.at('pg') })
    const guest = await startCluster({ dataDir: folder.at('pg') })
    expect(guest).toMatchObject({ adopted: true, pid: owner.pid, port: owner.port })

    await guest.stop()
    expect(await ask(owner, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }])
  })

  test('is removed when nobody owns it, and not before', async () => {
    using folder = temporaryFolder()
    const owner = await startOwner(folder.at('pg'))
    expect(await removeCluster(folder.at('pg'))).toBe(false)
    expect(findPostmaster(folder.at('pg'))?.pid).toBe(owner.started.pid)

    await owner.kill()
    expect(await removeCluster(folder.at('pg'))).toBe(true)
    expect(readdirSync(folder.at())).toEqual([])
  })

  test('whose owner was killed belongs to the process that adopts it', async () => {
    const owner = await startOwner(folder.at('pg'))
    await owner.kill()

    const heir = await startCluster({ dataDir: folder.at('pg') })
    expect(heir).toMatchObject({ adopted: true, pid: owner.started.pid })
    await heir.stop()
    expect(findPostmaster(folder.at('pg'))).toBeUndefined()
  })

  test('is stopped once, however often that is asked', async () => {
    const cluster = await startCluster({ dataDir: folder.at('pg') })
    await Promise.all([cluster.stop(), cluster.stop()])
    await cluster.stop()
    expect(findPostmaster(folder.at('pg'))).toBeUndefined()
  })
})

describe('a killed server', () => {
  test('starts again with all that was committed, once its last child is gone', async () => {
    const first = await startCluster({ dataDir: folder.at('pg') })
    await ask(first, (sql) => sql`create table kept as select 'committed' as word`)
    const busy = postgres(first.url(), { max: 1 })
    const child = busy
      .unsafe(
        `do $$ declare until timestamptz := clock_timestamp() + '1.5 s';
         begin while clock_timestamp() < until loop end loop; end $$`,
      )
      .catch(() => 'cut off')
    await running(first, 'do $$')
    process.kill(first.pid, 'SIGKILL')
    await first.stop()

    await using second = await startCluster({ dataDir: folder.at('pg') })
    expect(second).toMatchObject({ adopted: false })
    expect(await ask(second, (sql) => sql`select word from kept`)).toEqual([{ word: 'committed' }])
    await child
    await busy.end({ timeout: 1 })
  })

  test('starts again though its pid belongs to another process by now', async () => {
    const first = await startCluster({ dataDir: folder.at('pg') })
    const [, ...rest] = readFileSync(folder.at('pg', 'postmaster.pid'), 'utf8').split('\n')
    await first.stop()
    const stranger = spawn('sleep', ['60'], { ...unprivilegedAccount(), stdio: 'ignore' })
    writeFileSync(folder.at('pg', 'postmaster.pid'), [stranger.pid, ...rest].join('\n'))

    await using second = await startCluster({ dataDir: folder.at('pg') })
    expect(second.adopted).toBe(false)
    expect(stranger.kill(0)).toBe(true)
    stranger.kill()
  })
})

async function ask<Row extends object>(
  cluster: Cluster,
  query: (sql: Sql) => PromiseLike<Row>,
  database?: string,
): Promise<Row> {
  const sql = postgres(cluster.url(database), { max: 1 })
  try {
    return await query(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function running(cluster: Cluster, start: string): Promise<void> {
  await expect
    .poll(() =>
      ask(
        cluster,
        (sql) =>
          sql`select from pg_stat_activity where query like ${`${start}%`} and state = 'active'`,
      ),
    )
    .toHaveLength(1)
}

function mode(file: string): number {
  return statSync(file).mode & 0o777
}
