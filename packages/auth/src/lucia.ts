import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '@galley/db/client'
import { Lucia, TimeSpan, type Session as LuciaSession } from 'lucia'
import { createLuciaAdapter } from './lucia-adapter.ts'
import {
  confirmSession,
  deleteExpiredSessions,
  deleteSession,
  deleteUserSessions,
  findSession,
  findSessionWithUser,
  rotateSession,
  touchSession,
  type SessionRow,
} from './session-queries.ts'
import type { Session, SessionClient, SessionStore, SessionUser } from './sessions.ts'

type SessionAttributes = Omit<SessionRow, 'id' | 'userId' | 'expiresAt'>

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, SessionUser>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: SessionUser
  }
}

const tokenBytes = 32
const tokenShape = /^[\w-]{43}$/
const lastSeenStepMs = 60_000
const maxClientLength = 400

/**
 * Sessions by Lucia 3 in the `sessions` table. `idleDays` without a request end a session, and so do `absoluteDays`
 * since sign-in, whatever happens. An expiry is moved, and `renewed` is true, once half of the idle time is over.
 * The clock is Date.now of this process.
 */
export function createLuciaSessions({
  idleDays = 14,
  absoluteDays = 30,
}: { idleDays?: number; absoluteDays?: number } = {}): SessionStore {
  const instances = new WeakMap<Queryable, Lucia<SessionAttributes, SessionUser>>()

  return {
    async create(db, userId, client, method = 'password') {
      const token = newToken()
      const now = new Date()
      const attributes = {
        createdAt: now,
        authenticatedAt: now,
        method,
        lastSeenAt: now,
        absoluteExpiresAt: new Date(now.getTime() + absoluteDays * 86_400_000),
        ...cut(client),
      }
      const options = { sessionId: toId(token) }
      const session = await luciaOn(db).createSession(userId, attributes, options)
      return { token, session: toSession(session) }
    },

    async validate(db, token) {
      if (!tokenShape.test(token)) return null
      const { session, user } = await luciaOn(db).validateSession(toId(token))
      if (session === null) return null
      const now = new Date()
      const stepAgo = new Date(now.getTime() - lastSeenStepMs)
      if (session.lastSeenAt <= stepAgo) {
        await touchSession(db, session.id, now, stepAgo)
        session.lastSeenAt = now
      }
      return { session: toSession(session), user, renewed: session.fresh }
    },

    async list(db, userId) {
      const live = await luciaOn(db).getUserSessions(userId)
      return live.map(toSession)
    },

    async findUser(db, sessionId) {
      const found = await findSessionWithUser(db, sessionId)
      return found && found.session.expiresAt > new Date() ? found.user : null
    },

    // Lucia can neither rotate nor spare a session nor count, and finds none without extending it.
    async find(db, sessionId) {
      const row = await findSession(db, sessionId, new Date())
      return row && toSession(row)
    },

    async confirm(db, sessionId) {
      const now = new Date()
      await confirmSession(db, sessionId, now)
      return now
    },

    async rotate(db, sessionId, client) {
      const token = newToken()
      const now = new Date()
      const row = await rotateSession(db, sessionId, {
        id: toId(token),
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + idleDays * 86_400_000),
        ...cut(client),
      })
      return row && { token, session: toSession(row) }
    },

    revoke: (db, sessionId, { userId } = {}) => deleteSession(db, sessionId, userId),
    revokeAll: (db, userId, { except } = {}) => deleteUserSessions(db, userId, except),
    deleteExpired: (db) => deleteExpiredSessions(db, new Date()),
  }

  /** An instance has one database or transaction for good. */
  function luciaOn(db: Queryable) {
    const known = instances.get(db)
    if (known) return known
    const lucia = new Lucia(createLuciaAdapter(db), {
      sessionExpiresIn: new TimeSpan(idleDays, 'd'),
      getSessionAttributes: (attributes: SessionAttributes) => attributes,
      getUserAttributes: (attributes: SessionUser) => attributes,
    })
    instances.set(db, lucia)
    return lucia
  }
}

const newToken = () => randomBytes(tokenBytes).toString('base64url')

const cut = ({ ip, userAgent }: SessionClient) => ({
  ip: ip.slice(0, maxClientLength),
  userAgent: userAgent.slice(0, maxClientLength),
})

const toId = (token: string) => createHash('sha256').update(token).digest('hex')

function toSession(session: LuciaSession | SessionRow): Session {
  const { id, userId, createdAt, authenticatedAt, method, lastSeenAt, ip, userAgent } = session
  const { expiresAt, absoluteExpiresAt } = session
  return {
    id,
    userId,
    createdAt,
    authenticatedAt,
    method,
    lastSeenAt,
    expiresAt: expiresAt < absoluteExpiresAt ? expiresAt : absoluteExpiresAt,
    ip,
    userAgent,
  }
}
