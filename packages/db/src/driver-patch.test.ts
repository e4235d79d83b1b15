// What patches/postgres@3.4.9.patch mends. Each of these fails, hangs or ends the process with the driver as published.
import { once } from 'node:events'
import { connect as connectSocket, createServer, type AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { terminate } from '../test/terminate.ts'

const cluster = useCluster()
let admin: Sql
beforeAll(() => {
  admin = postgres(cluster.current.url(), { max: 1 })
})
afterAll(() => admin.end({ timeout: 1 }))

function connect(applicationName: string, max = 1) {
  const sql = postgres(cluster.current.url(), {
    max,
    connection: { application_name: applicationName },
  })
  return Object.assign(sql, { [Symbol.asyncDispose]: () => sql.end({ timeout: 4 }) })
}

describe('when the server ends a connection', () => {
  test('in a query: the next one works, and end() does not wait for what is gone', async () => {
    const sql = connect('in a query')
    const query = sql`select pg_sleep(20)`.catch((reason) => reason)
    await terminate(admin, 'in a query')
    expect(await query).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }])

    const again = sql`select pg_sleep(20)`.catch((reason) => reason)
    await terminate(admin, 'in a query')
    await again
    await sql.end()
  })

  test('in a transaction: it is rejected once, and the process lives', async () => {
    await using sql = connect('in a transaction')
    await sql`create table halves (half int)`
    const attempt = sql
      .begin(async (tx) => {
        await tx`insert into halves values (1)`
        await tx`select pg_sleep(20)`
      })
      .catch((reason) => reason)
    await terminate(admin, 'in a transaction')
    expect(await attempt).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await sql`select from halves`).toHaveLength(0)
  })

  test('between two statements of a transaction: the second is not run outside of it', async () => {
    await using sql = connect('between')
    await sql`create table steps (step int)`
    const mayGoOn = Promise.withResolvers<void>()
    const attempt = sql
      .begin(async (tx) => {
        await tx`insert into steps values (1)`
        await mayGoOn.promise
        await tx`insert into steps values (2)`
      })
      .catch((reason) => reason)
    await terminate(admin, 'between', 'insert into steps%')
    // The pool opens the same connection again for this query.
    await sql`select 1`
    mayGoOn.resolve()
    expect(await attempt).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await sql`select from steps`).toHaveLength(0)
  })

  test('in a transaction with statements waiting: none of them waits for ever', async () => {
    await using sql = connect('waiting')
    const outcomes = Promise.withResolvers<PromiseSettledResult<unknown>[]>()
    const attempt = sql
      .begin(async (tx) => {
        await tx`select 1`
        const statements = Array.from({ length: 200 }, () => tx`select pg_sleep(20)`)
        outcomes.resolve(Promise.allSettled(statements))
        await Promise.all(statements)
      })
      .catch((reason) => reason)
    await terminate(admin, 'waiting')
    expect(await attempt).toMatchObject({ code: 'CONNECTION_CLOSED' })
    const statuses = (await outcomes.promise).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set(['rejected']))
  })

  test('that was reserved: its statements are rejected, and the pool goes on', async () => {
    await using sql = connect('reserved')
    const reserved = await sql.reserve()
    const query = reserved`select pg_sleep(20)`.catch((reason) => reason)
    await terminate(admin, 'reserved')
    expect(await query).toMatchObject({ code: 'CONNECTION_CLOSED' })
    await expect(reserved`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    reserved.release()
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
  })
})

test('a query that fails after some rows leaves none of them to the next', async () => {
  await using sql = connect('rows')
  await expect(sql`select 1 / (3 - g) from generate_series(1, 5) g`).rejects.toThrow(/zero/)
  const [row, ...others] = await sql`select 7 as seven`
  expect(row).toEqual({ seven: 7 })
  expect(others).toHaveLength(0)
})

test('a listener that hangs up at once is an error, not an endless attempt', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const sql = postgres(`postgres://galley:x@127.0.0.1:${port}/galley`, { max: 1 })
  await expect(sql`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  await sql.end({ timeout: 1 })
  server.close()
})

test('when no connection can be made, what waits for one fails with it rather than in turn', async () => {
  const sql = postgres({ host: '127.0.0.1', port: 1, max: 2, backoff: () => 0.2 })
  const begun = performance.now()
  const codes = await Promise.all([
    ...Array.from({ length: 99 }, () => sql`select 1`.catch((reason) => reason.code)),
    sql.begin((tx) => tx`select 1`).catch((reason) => reason.code),
  ])
  expect(new Set(codes)).toEqual(new Set(['ECONNREFUSED']))
  // In turn, two every 0.2 s, it would be 10 s.
  expect(performance.now() - begun).toBeLessThan(5_000)
  await sql.end({ timeout: 1 })
})

describe('COPY', () => {
  test('of a connection that breaks before anybody reads, the reading fails, and the process lives', async () => {
    await using sql = connect('copy lost')
    const stream = await sql`copy (
      select repeat('x', 1000), case n when 30 then pg_sleep(20) end from generate_series(1, 30) n
    ) to stdout`.readable()
    await terminate(admin, 'copy lost', 'copy %')
    await expect.poll(() => stream.destroyed).toBe(true)
    await expect(text(stream)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  })

  test('what the server refuses at its end is an error, and does not hang', async () => {
    await using sql = connect('copy in')
    await sql`create table copied (id int primary key)`
    const target = await sql`copy copied from stdin`.writable()
    const attempt = pipeline(Readable.from(['1\n1\n']), target)
    await expect(attempt).rejects.toMatchObject({ code: '23505' })
    expect(await sql`select from copied`).toHaveLength(0)
  })

  test('the connection is read on after an end that came with much before it', async () => {
    await using sql = connect('copy out')
    // Whether the end comes in one piece with what fills the stream is up to the network.
    for (let n = 0; n < 20; n += 1) {
      const rows = 1000 + n * 50
      const stream =
        await sql`copy (select repeat('x', 63) from generate_series(1, ${sql.unsafe(String(rows))})) to stdout`.readable()
      await sleep(5)
      expect((await text(stream)).length).toBe(rows * 64)
      expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
    }
  })
})

describe('a connection that breaks while it asks for the types of arrays', () => {
  test('fails what waits for it, and the process lives', async () => {
    await using way = await tampered((_sent, cut) => cut())
    const sql = postgres(way.url, { max: 1 })
    await expect(sql`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    way.mend()
    expect(await sql`select array[1, 2] as list`).toEqual([{ list: [1, 2] }])
    await sql.end({ timeout: 1 })
  })

  test('that the server refuses is not used without them', async () => {
    await using way = await tampered((sent) => sent.replace('pg_type a', 'pg_lost a'))
    const sql = postgres(way.url, { max: 1 })
    await expect(sql`select 1`).rejects.toMatchObject({ code: '42P01' })
    way.mend()
    // What is asked before that connection has ended fails with it.
    await expect
      .poll(() => sql`select array[1, 2] as list`.catch(String))
      .toEqual([{ list: [1, 2] }])
    await sql.end({ timeout: 1 })
  })
})

test('what a pool looks through for a query does not grow while it is busy', async () => {
  await using sql = connect('busy', 3)
  const indexOf = vi.spyOn(Array.prototype, 'indexOf')
  let left = 2000
  const ask = async () => {
    while (left-- > 0) await sql`select 1`
  }
  await Promise.all(Array.from({ length: 20 }, ask))
  const longest = Math.max(
    ...indexOf.mock.contexts.map((each) => Reflect.get(Object(each), 'length')),
  )
  indexOf.mockRestore()
  expect(longest).toBeLessThan(100)
})

/** A way to the cluster that changes, or cuts off, the question for the types of arrays. */
async function tampered(change: (sent: string, cut: () => void) => string | void) {
  const url = new URL(cluster.current.url())
  const to = { host: url.hostname, port: Number(url.port) }
  let isMended = false
  const server = createServer((near) => {
    const far = connectSocket(to)
    const cut = () => [near, far].forEach((socket) => socket.destroy())
    for (const socket of [near, far]) socket.on('error', cut).on('close', cut)
    far.pipe(near)
    near.on('data', (piece) => {
      const sent = piece.toString('latin1')
      const next = !isMended && sent.includes('pg_type a') ? change(sent, cut) : sent
      if (next !== undefined) far.write(next, 'latin1')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: Object.assign(url, { port: String(port) }).href,
    mend: () => void (isMended = true),
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}
