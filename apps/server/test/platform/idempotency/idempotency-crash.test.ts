import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { startServer } from '../../server-process.ts'

/** What goes on after the crash: another process on the same database. */
const on = useApp()

/** Somebody whose calls have an effect and a job in one transaction: they invite people. */
async function editor() {
  const { id, asBrowser, cookie } = await signUp(on, { role: 'editor' })
  // The other process has no HTTPS, and calls the cookie otherwise.
  const both = `${cookie}; ${cookie.replace('__Host-', '')}`
  return { id, headers: { ...asBrowser, cookie: both } }
}

const countJobs = async (email: string) => {
  const jobs = await on.database.sql`select from pgboss.job join invitations
    on data -> 'payload' ->> 'invitationId' = invitations.id::text where email like ${email}`
  return jobs.count
}

type Call = { path: string; input: unknown; headers: Record<string, string>; key: string }

/** To a process of its own; null where it died before it responded. */
const sendTo = async (origin: string, { path, input, headers, key }: Call) => {
  const response = await fetch(`${origin}/trpc/${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(input),
  }).catch(() => null)
  return response && (await response.text().catch(() => null))
}

/** As a program does: again and again while the dead one's transaction is not over. */
async function retry({ path, input, headers, key }: Call) {
  for (;;) {
    const response = await on.post(`/trpc/${path}`, input, { ...headers, 'idempotency-key': key })
    if (response.statusCode !== 409) return response
    await sleep(50)
  }
}

async function until(isSo: () => Promise<boolean>) {
  for (const end = Date.now() + 30_000; !(await isSo());) {
    if (Date.now() > end) throw new Error('It does not come to pass')
    await sleep(5)
  }
}

let running: Awaited<ReturnType<typeof startServer>> | undefined
const start = async () => (running = await startServer({ DATABASE_URL: on.database.url }))
afterEach(() => void running?.kill('SIGKILL'))

describe('ID1 kill -9', { timeout: 120_000 }, () => {
  beforeAll(() =>
    on.database.asOperator(async (sql) => {
      // Else a backend that looks after its client in the middle of the commit gives it up.
      const [database] = await sql`select current_database() as name`
      await sql`alter database ${sql(database?.name)} set client_connection_check_interval = 0`
      await sql`
      create function slow_commit() returns trigger language plpgsql
        as 'begin perform pg_sleep(2); return null; end';
      create constraint trigger slow_commit after insert on invitations deferrable initially deferred
        for each row when (new.email = 'slow-to-commit@example.com') execute function slow_commit();
    `.simple()
    }),
  )

  test('while it commits: the effect is there, and a retry has its answer', async () => {
    const { headers, id } = await editor()
    const { sql } = on.database
    const call = {
      path: 'invitations.create',
      input: { email: 'slow-to-commit@example.com' },
      headers,
      key: 'commit',
    }
    const server = await start()
    const answer = sendTo(server.origin, call)
    await until(async () => {
      const sleeping = await sql`select from pg_stat_activity where wait_event = 'PgSleep'
        and datname = current_database()`
      return sleeping.count > 0
    })
    server.kill('SIGKILL')
    expect(await answer).toBeNull()
    expect(await server.exit).toBe('SIGKILL')
    await until(async () => (await sql`select from invitations where invited_by = ${id}`).count > 0)

    const again = await retry(call)
    expect(again.statusCode).toBe(200)
    const invitations = await sql`select id from invitations where invited_by = ${id}`
    expect([...invitations]).toEqual([{ id: again.json().result.data.id }])
  })

  test('after the effect, before its answer is stored: nothing is there, and a retry makes it', async () => {
    const { headers, id } = await editor()
    const { sql } = on.database
    const call = {
      path: 'invitations.create',
      input: { email: 'effect@example.com' },
      headers,
      key: 'effect',
    }
    const server = await start()
    const unlock = await lockKeys()
    const answer = sendTo(server.origin, call)
    await until(async () => {
      const waiting = await sql`select from pg_stat_activity where wait_event_type = 'Lock'
        and datname = current_database() and query like 'insert into "idempotency_keys"%'`
      return waiting.count > 0
    })
    server.kill('SIGKILL')
    expect(await answer).toBeNull()
    await unlock()

    const again = await retry(call)
    expect(again.statusCode).toBe(200)
    const invitations = await sql`select id from invitations where invited_by = ${id}`
    expect([...invitations]).toEqual([{ id: again.json().result.data.id }])
    expect(await countJobs('effect@%')).toBe(1)
  })

  test('at any moment: each of 36 calls has exactly one effect and one job', async () => {
    const { headers, id } = await editor()
    const { sql } = on.database
    for (let round = 0; round < 3; round++) {
      const calls = Array.from({ length: 12 }, (_, n) => ({
        path: 'invitations.create',
        input: { email: `moment-${round}-${n}@example.com` },
        headers,
        key: `moment-${round}-${n}`,
      }))
      const server = await start()
      const answers = calls.map(async (call) => {
        await sleep(Math.random() * 40)
        return sendTo(server.origin, call)
      })
      const first = `moment-${round}-%`
      await until(
        async () => (await sql`select from invitations where email like ${first}`).count > 0,
      )
      await sleep(round * 5)
      server.kill('SIGKILL')
      const seen = await Promise.all(answers)
      const retried = await Promise.all(calls.map(retry))
      for (const [n, response] of retried.entries()) {
        expect(response.statusCode).toBe(200)
        expect(response.body).toBe(seen[n] ?? response.body)
      }
    }
    const invitations = await sql`select from invitations where invited_by = ${id}`
    const audited = await sql`select from audit_log
      where actor_id = ${id} and action = 'invitation.created'`
    expect([invitations.count, audited.count, await countJobs('moment-%')]).toEqual([36, 36, 36])
  })
})

/** Answers cannot be stored until this is undone. */
async function lockKeys() {
  const connection = await on.database.sql.reserve()
  await connection`begin`
  await connection`lock table idempotency_keys in share mode`
  return async () => {
    await connection`rollback`
    connection.release()
  }
}
