import { randomUUIDv7 } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { IdentityProvider } from '@galley/auth/identity-providers'
import {
  auditLog,
  idempotencyKeys,
  jobRuns,
  media,
  notifications,
  outbox,
  rateCounters,
  signingKeys,
  totpCredentials,
} from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { desc, eq } from 'drizzle-orm'
import { secretBoxOf, useTestDomain } from '../test/context.ts'
import { tryTwice, type Scenarios } from '../test/try-twice.ts'
import { upload } from '../test/upload.ts'
import { transact } from './ctx.ts'
import { emit } from './events/emit.ts'
import { dispatchJob, platformJobs } from './job-registry.ts'
import { platformReactions } from './events/reactions.ts'

const domain = useTestDomain()
const { database } = domain

const secretBox = secretBoxOf('new', 'test')
const longAgo = new Date(Date.UTC(2020, 0, 1))
const client = { ip: '127.0.0.1', userAgent: 'test' }

/** For every kind of job something that it has to do: its payload. */
const scenarios: Scenarios = {
  'events.retry-dispatch': async () => {
    const ctx = domain.anonymous()
    const { id: userId } = await insertUser(database.db)
    await transact(ctx, (tx) => emit(ctx, tx, 'user.password-changed', { userId }))
    const [event] = await database.db.select().from(outbox).orderBy(desc(outbox.id)).limit(1)
    return { eventId: event?.id }
  },
  'jobs.sweep': async () => {
    const event = { event: 'user.created', payload: {}, requestId: 'r', dispatchedAt: longAgo }
    const id = '01600000-0000-7000-8000-000000000000'
    await database.db.insert(outbox).values({ ...event, id })
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
    const kept = { callerId, keyHash: 'old', fingerprint: '', result: '{}', createdAt: longAgo }
    await database.db.insert(idempotencyKeys).values(kept)
    return {}
  },
  'identities.revoke-tokens': async () => {
    const identityId = '01890000-0000-7000-8000-000000000000'
    const accessTokenEncrypted = secretBox.encrypt('at', `identity:${identityId}`)
    return { identityId, provider: 'fake', accessTokenEncrypted, refreshTokenEncrypted: null }
  },
  'media.process': async () => ({ mediaId: (await upload(await domain.person())).id }),
  'media.resume': async () => {
    const { id } = await upload(await domain.person())
    await database.db.update(media).set({ updatedAt: longAgo }).where(eq(media.id, id))
    return {}
  },
  'media.remove-objects': async () => {
    const key = 'media/gone/upload'
    await domain.storage.put(key, Readable.from(['bytes']), { contentType: 'image/png' })
    return { keys: [key] }
  },
  'media.sweep': async () => {
    const { id } = await upload(await domain.person())
    const brokenOff = { state: 'uploading', updatedAt: longAgo } as const
    await database.db.update(media).set(brokenOff).where(eq(media.id, id))
    return {}
  },
  'media.sweep-unused': async () => {
    const { id } = await upload(await domain.person())
    await domain.runJobs()
    await database.db.update(media).set({ updatedAt: longAgo }).where(eq(media.id, id))
    return {}
  },
  'jobs.tell-owner': async () => {
    const { id: ownerId } = await insertUser(database.db)
    const id = randomUUIDv7()
    const status = 'succeeded'
    await database.db.insert(jobRuns).values({ id, job: 'reports.build', ownerId, status })
    return { jobId: id, ownerId }
  },
  'notifications.send': async () => {
    await insertNotification({ email: 'now' })
    return {}
  },
  'notifications.send-digests': async () => {
    await insertNotification({ email: 'weekly' })
    return {}
  },
  'notifications.sweep': async () => {
    await insertNotification({ email: 'off', createdAt: longAgo })
    return {}
  },
  'audit.sweep': async () => {
    const values = { action: 'user.created', actorKind: 'system', at: longAgo } as const
    const target = { targetType: 'user', targetId: 'x', requestId: 'r' }
    await database.db.insert(auditLog).values({ ...values, ...target })
    return {}
  },
  'secrets.rotate': async () => {
    const { id: userId } = await insertUser(database.db)
    const secretEncrypted = domain.anonymous().secretBox.encrypt('secret', `totp:${userId}`)
    await database.db.insert(totpCredentials).values({ userId, secretEncrypted })
    return {}
  },
}

/** One that has waited for long. */
async function insertNotification(values: Partial<typeof notifications.$inferInsert>) {
  const { id: userId } = await insertUser(database.db)
  await database.db.insert(notifications).values({
    userId,
    kind: 'job-finished',
    key: 'a job',
    subjectKind: 'job',
    subjectId: randomUUIDv7(),
    inApp: true,
    email: 'now',
    createdAt: new Date(Date.now() - 10 * 86_400_000),
    ...values,
  })
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

tryTwice({
  domain,
  jobs: [...platformJobs, dispatchJob(platformReactions)],
  scenarios,
  replaced: { identityProviders: [fakeProvider], secretBox },
  more: () => ({
    mails: domain.mails().length,
    revoked: [...revoked],
    files: readdirSync(domain.files, { encoding: 'utf8', recursive: true }).toSorted(),
  }),
})
