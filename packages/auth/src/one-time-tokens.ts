import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '@galley/db/client'
import { deleteInBatches } from '@galley/db/delete-in-batches'
import { oneTimeTokens } from '@galley/db/schema'
import { and, eq, gt, isNull, lt, lte, or, sql } from 'drizzle-orm'

export type OneTimeToken = {
  purpose: string
  userId?: string
  data?: object
  minutes: number
  /** Of at least 256 bits that nobody can guess; made at random where it is left out. */
  token?: string
}

/** How long what belongs to a person is kept after its end: `prolong` finds it until then. */
const PROLONGABLE_MS = 2 * 86_400_000

/**
 * Tokens of 256 bits that work once and for a short time: mailed links, challenges, attempts at a provider. The store
 * holds their SHA-256 only (OWASP Forgot Password Cheat Sheet). Each call may be part of a transaction.
 */
export type OneTimeTokens = {
  /** Makes a token; `data` is what it carries besides. */
  issue(db: Queryable, token: OneTimeToken): Promise<string>
  /** What the token carries, for the first who asks with the right purpose and in time; null for everybody else. */
  consume(
    db: Queryable,
    purpose: string,
    token: string,
  ): Promise<{ userId: string | null; data: unknown } | null>
  /** The same, leaving a trace until the token would have ended: `wasUsed` tells it from one that never was. */
  use(
    db: Queryable,
    purpose: string,
    token: string,
  ): Promise<{ userId: string | null; data: unknown } | null>
  wasUsed(db: Queryable, purpose: string, token: string): Promise<boolean>
  /** The same without using it up: for what comes before the decisive step. */
  find(
    db: Queryable,
    purpose: string,
    token: string,
  ): Promise<{ userId: string | null; data: unknown } | null>
  /** The same, counting: the first `max` uses succeed, side by side too. */
  attempt(
    db: Queryable,
    purpose: string,
    token: string,
    max: number,
  ): Promise<{ userId: string | null; data: unknown } | null>
  /** Lets a person's token end this many minutes from now; false where it was used or revoked. */
  prolong(db: Queryable, purpose: string, token: string, minutes: number): Promise<boolean>
  /** Ends all tokens of a person for this purpose. */
  revoke(db: Queryable, purpose: string, userId: string): Promise<void>
  /** Removes what has expired; for a job. */
  deleteExpired(db: Queryable): Promise<number>
}

export function createOneTimeTokens(): OneTimeTokens {
  const carried = { userId: oneTimeTokens.userId, data: oneTimeTokens.data }
  return {
    async issue(db, { purpose, userId, data = {}, minutes, token = randomToken() }) {
      const expiresAt = minutesFromNow(minutes)
      await db
        .insert(oneTimeTokens)
        .values({ id: toId(token), purpose, userId: userId ?? null, data, expiresAt })
      return token
    },
    async consume(db, purpose, token) {
      const [row] = await db.delete(oneTimeTokens).where(isLive(purpose, token)).returning(carried)
      return row ?? null
    },
    async use(db, purpose, token) {
      const [row] = await db
        .update(oneTimeTokens)
        .set({ purpose: used(purpose) })
        .where(isLive(purpose, token))
        .returning(carried)
      return row ?? null
    },
    async wasUsed(db, purpose, token) {
      return (await db.$count(oneTimeTokens, isLive(used(purpose), token))) > 0
    },
    async find(db, purpose, token) {
      const [row] = await db.select(carried).from(oneTimeTokens).where(isLive(purpose, token))
      return row ?? null
    },
    async attempt(db, purpose, token, max) {
      const [row] = await db
        .update(oneTimeTokens)
        .set({ attempts: sql`${oneTimeTokens.attempts} + 1` })
        .where(and(isLive(purpose, token), lt(oneTimeTokens.attempts, max)))
        .returning(carried)
      return row ?? null
    },
    async prolong(db, purpose, token, minutes) {
      const prolonged = await db
        .update(oneTimeTokens)
        .set({ expiresAt: minutesFromNow(minutes) })
        .where(and(eq(oneTimeTokens.id, toId(token)), eq(oneTimeTokens.purpose, purpose)))
        .returning({ id: oneTimeTokens.id })
      return prolonged.length > 0
    },
    async revoke(db, purpose, userId) {
      await db
        .delete(oneTimeTokens)
        .where(and(eq(oneTimeTokens.userId, userId), eq(oneTimeTokens.purpose, purpose)))
    },
    deleteExpired(db) {
      const now = Date.now()
      const isOver = or(
        and(isNull(oneTimeTokens.userId), lte(oneTimeTokens.expiresAt, new Date(now))),
        lte(oneTimeTokens.expiresAt, new Date(now - PROLONGABLE_MS)),
      )
      return deleteInBatches(db, oneTimeTokens, isOver)
    },
  }
}

const used = (purpose: string) => `${purpose}, used`

const isLive = (purpose: string, token: string) =>
  and(
    eq(oneTimeTokens.id, toId(token)),
    eq(oneTimeTokens.purpose, purpose),
    gt(oneTimeTokens.expiresAt, new Date()),
  )

const randomToken = () => randomBytes(32).toString('base64url')

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000)

const toId = (token: string) => createHash('sha256').update(token).digest('hex')
