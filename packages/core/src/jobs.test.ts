import type { IdentityProvider } from '@galley/auth/identity-providers'
import {
  idempotencyKeys,
  outbox,
  rateCounters,
  signingKeys,
  totpCredentials,
} from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { insertArticle, insertUser } from '@galley/testing/factories'
import { desc, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { secretBoxOf, useTestDomain } from '../test/context.ts'
import { transact } from './ctx.ts'
import { emit } from './events.ts'
import { jobHandlers } from './jobs.ts'

const domain = useTestDomain()
const { database, runJobs } = domain

const secretBox = secretBoxOf('new', 'test')
const longAgo = new Date(Date.UTC(2020, 0, 1))
const client = { ip: '127.0.0.1', userAgent: 'test' }

const noLog = { info() {}, warn() {}, error() {}, child: () => noLog }
const definitions = new Map<string, JobDefinition<unknown>>(
  jobHandlers({ deps: {} as never, log: noLog }).map(({ definition }) => [
    definition.name,
    definition,
  ]),
)

/** For every kind of job something that it has to do: its payload. */
const scenarios: Record<string, () => Promise<object>> = {
  'events.dispatch': async () => {
    const ctx = domain.anonymous()
    const { id: userId } = await insertUser(database.db)
    await transact(ctx, (tx) => emit(ctx, tx, 'user.password-changed', { userId }))
    const [event] = await database.db.select().from(outbox).orderBy(desc(outbox.id)).limit(1)
    return { eventId: event?.id }
  },
  'articles.rerender': async () => {
    const { id: authorId } = await insertUser(database.db)
    await insertArticle(database.db, { authorId, body: '*a*', renderVersion: 0 })
    return {}
  },
  'jobs.sweep': async () => {
    const event = { event: 'user.created', payload: {}, requestId: 'r', dispatchedAt: longAgo }
    await database.db.insert(outbox).values(event)
    return {}
  },
  'sessions.sweep': async () => {
    await domain.anonymous().oneTimeTokens.issue(database.db, { purpose: 'old', minutes: -1 })
    return {}
  },
  'mail.send': async () => {
    const { id: userId } = await insertUser(database.db)
    return { letter: 'reset-password', userId }
  },
  'users.mail-link': async () => {
    const { email } = await insertUser(database.db)
    return { letter: 'reset-password', email, client }
  },
  'users.tell-of-password': async () => ({ userId: (await insertUser(database.db)).id }),
  'users.tell-of-email': async () => {
    const { id: userId, email } = await insertUser(database.db)
    return { userId, from: 'before@example.org', to: email }
  },
  'users.tell-of-second-factor': async () => {
    return { userId: (await insertUser(database.db)).id, on: true }
  },
  'users.tell-of-credential': async () => {
    return { userId: (await insertUser(database.db)).id, kind: 'token', name: 'A token' }
  },
  'users.require-second-factors': async () => {
    await insertUser(database.db, { secondFactorDueAt: longAgo })
    return {}
  },
  'users.sweep-unverified': async () => {
    await insertUser(database.db, { emailVerifiedAt: null, createdAt: longAgo })
    return {}
  },
  'signing-keys.rotate': async () => ({}),
  'tokens.sweep': async () => {
    const key = { id: 'old', publicJwk: {}, privateJwkEncrypted: '', expiresAt: longAgo }
    await database.db.insert(signingKeys).values(key)
    return {}
  },
  'limits.sweep': async () => {
    await database.db
      .insert(rateCounters)
      .values({ key: 'old', windowStart: longAgo, current: 1, previous: 0, expiresAt: longAgo })
    return {}
  },
  'idempotency.sweep': async () => {
    const { id: callerId } = await insertUser(database.db)
    const kept = { callerId, keyHash: 'old', fingerprint: '', answer: '{}', createdAt: longAgo }
    await database.db.insert(idempotencyKeys).values(kept)
    return {}
  },
  'identities.revoke-tokens': async () => {
    const identityId = '01890000-0000-7000-8000-000000000000'
    const accessTokenEncrypted = secretBox.encrypt('at', `identity:${identityId}`)
    return { identityId, provider: 'fake', accessTokenEncrypted, refreshTokenEncrypted: null }
  },
  'secrets.rotate': async () => {
    const { id: userId } = await insertUser(database.db)
    const secretEncrypted = domain.anonymous().secretBox.encrypt('secret', `totp:${userId}`)
    await database.db.insert(totpCredentials).values({ userId, secretEncrypted })
    return {}
  },
}

const revoked = new Set<string | null>()
const fakeProvider: IdentityProvider = {
  name: 'fake',
  label: 'Fake',
  canReauthenticate: false,
  begin: () => Promise.reject(new Error('Not here')),
  finish: () => Promise.reject(new Error('Not here')),
  revoke: async ({ accessToken }) => void revoked.add(accessToken),
}

/** Every row of every table, the other jobs, the mails, and what a provider was told. */
async function look(jobId: string) {
  const tables = await database.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`
  const rows = new Map<string, unknown>()
  for (const { name } of tables) {
    rows.set(
      name,
      await database.db.execute(
        sql`select to_jsonb(t) as row from ${sql.identifier(name)} t order by to_jsonb(t)::text`,
      ),
    )
  }
  const jobs = await database.sql`
    select name, data from pgboss.job where id <> ${jobId} order by id`
  return { rows, jobs, mails: domain.mails().length, revoked: [...revoked] }
}

describe('RE2 a job that runs twice does what it does once', () => {
  test.each([...definitions.values()])('$name', async (definition) => {
    const { name } = definition
    const payload = await scenarios[name]?.()
    if (!payload) throw new Error('Name what this kind of job is tried with')
    await database.sql`delete from pgboss.job`
    const id = await domain.anonymous().jobs.enqueue(database.db, definition, payload)
    if (!id) throw new Error('The job was not taken')
    const run = () =>
      runJobs({
        only: name,
        identityProviders: [fakeProvider],
        secretBox,
      })
    const before = await look(id)
    expect(await run()).toEqual([{ name, id }])
    const once = await look(id)
    expect(once).not.toEqual(before)
    // As after a worker that died between the effect and the end of its job.
    await database.sql`
      update pgboss.job set state = 'retry', start_after = now(), completed_on = null where id = ${id}`
    expect(await run()).toEqual([{ name, id }])
    expect(await look(id)).toEqual(once)
  })
})
