import type { Db } from '@galley/db/client'
import { sessions } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, vi } from 'vitest'
import type { SessionStore } from '../../src/sessions.ts'

export type CreateStore = (expiry?: { idleDays?: number; absoluteDays?: number }) => SessionStore

/** What a test of a session store works on: an empty table of sessions, and one user. */
export type World = {
  create: CreateStore
  /** Made with the defaults: 14 days idle, 30 absolute. */
  store: SessionStore
  db: Db
  statements: string[]
  userId: string
  /** The user's sessions in the table. */
  idsInTable: () => Promise<string[]>
}

export const client = {
  ip: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
}
export const signedInAt = new Date('2026-11-23T09:30:00.123Z')
export const second = 1000
export const day = 86_400 * second

/** Each test begins at `signedInAt`; time passes by the fake Date only. */
export function useSessionStore(create: CreateStore): World {
  const database = useTestDatabase()
  let userId: string
  let store: SessionStore

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: signedInAt })
    store = create()
    await database.db.delete(sessions)
    userId = (await insertUser(database.db)).id
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  return {
    create,
    get store() {
      return store
    },
    get db() {
      return database.db
    },
    get statements() {
      return database.statements
    },
    get userId() {
      return userId
    },
    async idsInTable() {
      const rows = await database.db
        .select({ id: sessions.id })
        .from(sessions)
        .where(eq(sessions.userId, userId))
      return rows.map(({ id }) => id)
    },
  }
}

export const after = (milliseconds: number) => new Date(signedInAt.getTime() + milliseconds)

export function passes(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds)
}
