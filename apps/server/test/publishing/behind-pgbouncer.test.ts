import { setForRole } from '@galley/db/session-settings'
import { startMailSink } from '@galley/testing/mail-sink'
import { noPgbouncer, startTestPgbouncer, type TestPgbouncer } from '@galley/testing/pgbouncer'
import { createTestDatabase } from '@galley/testing/database'
import { afterAll, describe, expect, test } from 'vitest'
import { checkDatabase } from '../../src/database-check.ts'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { openStream } from '../platform/live/open-stream.ts'
import { runToEnd } from '../server-process.ts'
import { useWorker } from '../worker.ts'

describe.skipIf(noPgbouncer)(`behind PgBouncer in transaction mode${noPgbouncer}`, async () => {
  const sink = await startMailSink()
  let pool: TestPgbouncer
  let direct = ''
  const on = useApp(async (databaseUrl) => {
    direct = databaseUrl
    await on.database.asOperator((sql) => setForRole(sql, new URL(databaseUrl).username))
    pool = await startTestPgbouncer(databaseUrl)
    return {
      DATABASE_URL: `${pool.url}?prepare=false`,
      DATABASE_DIRECT_URL: databaseUrl,
      DATABASE_POOL_MAX: '10',
      SIGN_UP: 'open',
      SMTP_URL: sink.url,
    }
  })
  const urls = () => ({
    NODE_ENV: 'test' as const,
    DATABASE_URL: `${pool.url}?prepare=false`,
    DATABASE_DIRECT_URL: direct,
  })
  useWorker(on)
  afterAll(async () => {
    await pool[Symbol.asyncDispose]()
    await sink.close()
  })

  test('people sign up by a mail that a job sends, publish, comment, and see it at once', async () => {
    const person = {
      email: 'ada@example.com',
      username: 'ada',
      displayName: 'Ada',
      password: 'seventeen blue herons',
    }
    const accepted = await on.post('/trpc/users.create', person)
    expect(accepted.statusCode, accepted.body).toBe(200)
    const mail = await sink.mailTo(person.email)
    const token = /verify-email\S*=([\w-]+)/.exec(mail.text)?.[1] ?? ''
    const cookie = String(accepted.headers['set-cookie']).split(';')[0] ?? ''
    const fromPage = { cookie, 'sec-fetch-site': 'same-origin' }
    const verified = await on.post('/trpc/users.verifyEmail', { token }, fromPage)
    expect(verified.statusCode, verified.body).toBe(200)
    const { email, password } = person
    const signedIn = await on.post('/trpc/sessions.create', { email, password })
    const session =
      /__Host-galley-session=[\w-]+/.exec(String(signedIn.headers['set-cookie']))?.[0] ?? ''
    const asAuthor = { cookie: session, 'sec-fetch-site': 'same-origin' }

    const write = async (path: string, input: object, headers: Record<string, string>) => {
      const response = await on.post(`/trpc/${path}`, input, headers)
      expect(response.statusCode, response.body).toBe(200)
      return response.json().result.data
    }
    const text = { title: 'Pooled', body: 'A text.' }
    const { id, version } = await write('articles.create', text, asAuthor)
    await write('articles.publish', { id, version }, asAuthor)
    const origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
    const stream = await openStream(origin, [{ article: id }])
    const reader = await signUp(on)
    await write('comments.create', { articleId: id, body: 'Seen' }, reader.asBrowser)
    const commented = expect.objectContaining({ event: 'comment.created' })
    await expect.poll(stream.hints).toContainEqual(commented)
    stream.leave()
  })

  test('more at once than there are connections share them, and each transaction has its own', async () => {
    const before = await countOf('articles')
    const { asBrowser } = await signUp(on, { role: 'author' })
    const writes = Array.from({ length: 30 }, (_, at) =>
      on.post('/trpc/articles.create', { title: `At once ${at}`, body: 'A text.' }, asBrowser),
    )
    const reads = Array.from({ length: 30 }, () => on.app.inject('/api/v1/articles'))
    const answers = await Promise.all([...writes, ...reads])
    expect(answers.filter(({ statusCode }) => statusCode >= 300)).toEqual([])
    expect(await countOf('articles')).toBe(before + 30)
    const pooled = await on.database.sql`
      select pid from pg_stat_activity
      where datname = current_database() and application_name = 'galley-server'`
    expect(pooled.length).toBeLessThanOrEqual(2)
  })

  test('connections have the limits of Galley, which is looked at when it starts', async () => {
    await expect(checkDatabase(urls())).resolves.toBeUndefined()
    await on.database.asOperator((sql) =>
      sql.unsafe(`alter role "${new URL(direct).username}" in database
        "${new URL(direct).pathname.slice(1)}" set lock_timeout = 0`),
    )
    await using other = await startTestPgbouncer(direct)
    const checked = checkDatabase({ ...urls(), DATABASE_URL: other.url })
    await expect(checked).rejects.toThrow(
      /^DATABASE_URL leads through a pool whose connections lack lock_timeout: run pnpm migrate/,
    )
  })

  test('so is whether both addresses lead to the same database', async () => {
    await using elsewhere = await createTestDatabase()
    const checked = checkDatabase({ ...urls(), DATABASE_DIRECT_URL: elsewhere.url })
    await expect(checked).rejects.toThrow(/lead to different databases/)
  })

  test('without the direct address the server says in a line that it needs it', async () => {
    const { code, stderr } = await runToEnd({ DATABASE_URL: pool.url })
    expect([code, stderr]).toEqual([
      1,
      'Galley did not start: DATABASE_URL leads through a pool of connections: set DATABASE_DIRECT_URL, too (docs/operations.md, "Behind PgBouncer").\n',
    ])
  })

  const countOf = async (table: string) => {
    const [row] = await on.database.sql`select count(*)::int as n from ${on.database.sql(table)}`
    return Number(row?.n)
  }
})
