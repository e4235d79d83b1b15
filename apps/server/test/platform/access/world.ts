import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { UserStatus } from '@galley/contract/platform/users'
import type { Db } from '@galley/db/client'
import {
  apiTokens,
  credentials,
  identities,
  invitations,
  jobRuns,
  passkeys,
  sessions,
  tokenFamilies,
  totpCredentials,
} from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import type { CallerFacts } from './callers.ts'
import { ownPasswordHash } from './own-password.ts'

type Person = Awaited<ReturnType<typeof insertUser>>

export type World = Awaited<ReturnType<typeof createWorld>>

/** The people of one cell, and what can be made theirs: written straight into the tables, which is quick. */
export async function createWorld(db: Db, { role, owns, suspended }: CallerFacts) {
  const status: UserStatus = suspended ? 'suspended' : 'active'
  const owner = await insertUser(db, owns ? { role, status } : { role: 'author' })
  const caller = owns || role === undefined ? owner : await insertUser(db, { role, status })
  const stranger = await insertUser(db, { role: 'reader' })
  return {
    /** For what a slice makes by factories of its own. */
    db,
    /** Whose things the call is about. */
    owner,
    /** Who calls; the owner where nobody does. */
    caller,
    /** Somebody else altogether. */
    stranger,
    person: (values: Parameters<typeof insertUser>[1] = {}) => insertUser(db, values),
    async password(person: Person) {
      await db
        .insert(credentials)
        .values({ userId: person.id, passwordHash: await ownPasswordHash() })
    },
    async session() {
      const expiresAt = new Date(Date.now() + 3_600_000)
      const id = randomBytes(32).toString('hex')
      await db
        .insert(sessions)
        .values({ id, userId: owner.id, expiresAt, absoluteExpiresAt: expiresAt })
      return { id }
    },
    invitation: (role: 'author' | 'editor') =>
      only(
        db
          .insert(invitations)
          .values({
            email: `new-${randomBytes(6).toString('hex')}@example.com`,
            role,
            invitedBy: owner.id,
            expiresAt: new Date(Date.now() + 3_600_000),
          })
          .returning({ id: invitations.id }),
      ),
    apiToken: () =>
      only(
        db
          .insert(apiTokens)
          .values({
            userId: owner.id,
            name: 'A program',
            tokenHash: randomBytes(32).toString('hex'),
            hint: 'abcd',
            scopes: ['users:read'],
            expiresAt: new Date(Date.now() + 3_600_000),
          })
          .returning(),
      ),
    /** A program that is signed in as the owner. */
    program: () =>
      only(
        db
          .insert(tokenFamilies)
          .values({ userId: owner.id, expiresAt: new Date(Date.now() + 3_600_000) })
          .returning(),
      ),
    async secondFactor(person: Person) {
      await db
        .insert(totpCredentials)
        .values({ userId: person.id, secretEncrypted: '', confirmedAt: new Date() })
    },
    identity: () =>
      only(
        db
          .insert(identities)
          .values({
            userId: owner.id,
            provider: 'example',
            subject: randomBytes(8).toString('hex'),
            label: 'Somebody',
          })
          .returning(),
      ),
    passkey: () =>
      only(
        db
          .insert(passkeys)
          .values({
            id: randomBytes(16).toString('base64url'),
            userId: owner.id,
            name: 'A key',
            publicKey: 'pQECAyYgASFYIA',
            counter: 0,
            transports: [],
            backedUp: false,
          })
          .returning(),
      ),
    /** A long job of the owner's own. */
    async job() {
      const id = randomUUIDv7()
      await db.insert(jobRuns).values({ id, job: 'example', ownerId: owner.id })
      return { id }
    },
  }
}

async function only<Row>(rows: Promise<Row[]>): Promise<Row> {
  const [row] = await rows
  if (row === undefined) throw new Error('Nothing was inserted')
  return row
}
