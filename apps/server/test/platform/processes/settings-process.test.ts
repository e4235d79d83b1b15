import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { deleteOldEntries } from '@galley/platform/audit/sweep'
import { systemCtx } from '@galley/platform/ctx'
import { useTestDatabase } from '@galley/testing/database'
import { createDb } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDeps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'
import { useApp } from '../../app.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { runProgram } from '../../program.ts'
import { startServer } from '../../server-process.ts'

const database = useTestDatabase()

test('HOST is the address that the server listens on', async () => {
  const server = await startServer({ DATABASE_URL: database.url, HOST: '127.0.0.2' })
  // Loopback has other addresses: only the one that is named is taken.
  const live = (host: string) => fetch(`http://${host}:${server.port}/health/live`)
  expect((await live('127.0.0.2')).status).toBe(200)
  await expect(live('127.0.0.1')).rejects.toThrow('fetch failed')
  server.kill('SIGTERM')
  await server.exit
})

describe('MAX_CONNECTIONS', () => {
  const on = useApp({ MAX_CONNECTIONS: '3', TRUST_PROXY: '127.0.0.1' })

  test('is how many connections are open at once, also by a proxy', async () => {
    await on.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = on.app.server.address() as AddressInfo
    const open = async () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      await once(socket, 'connect')
      return socket
    }
    const kept = await Promise.all([open(), open(), open()])
    const refused = await open()
    await once(refused, 'close')
    expect(kept.map(({ destroyed }) => destroyed)).toEqual([false, false, false])
    for (const socket of kept) socket.destroy()
  })
})

test('MIGRATION_DATABASE_URL is the role that pnpm migrate works with', async () => {
  const name = `${new URL(database.url).pathname.slice(1)}_empty`
  await database.asOperator((sql) => sql`create database ${sql(name)}`)
  onTestFinished(() =>
    database.asOperator(async (sql) => void (await sql`drop database ${sql(name)} with (force)`)),
  )
  const on = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const migrated = await runProgram('migrate.ts', {
    DATABASE_URL: on(database.url),
    MIGRATION_DATABASE_URL: on(database.adminUrl),
  })
  const stdout = expect.stringContaining('migrations applied')
  expect(migrated).toEqual({ code: 0, stdout, stderr: '' })
  await using server = createDb(on(database.url), { max: 1 })
  expect(await server.db.$count(users)).toBe(0)
})

test('AUDIT_LOG_DAYS is how long entries of the audit log are kept', async () => {
  const base = { DATABASE_URL: database.url, ENCRYPTION_KEYS, AUDIT_LOG_DAYS: '100' }
  await using deps = createDeps(parseEnv(base))
  await database.sql`
    insert into audit_log (id, at, action, actor_kind, target_type, target_id, request_id)
    select gen_random_uuid(), now() - make_interval(days => age), 'aged', 'system', 'x', age, 'x'
    from generate_series(98, 103) age`
  await deleteOldEntries(systemCtx(deps.domain))
  const left = await database.sql`
    select target_id from audit_log where action = 'aged' order by target_id`
  expect(left).toEqual([{ target_id: '98' }, { target_id: '99' }])
})
