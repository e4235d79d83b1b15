import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '@galley/db/client'
import { Lucia, TimeSpan, type Session as LuciaSession } from 'lucia'
import { createLuciaAdapter } from './lucia-adapter.ts'
import {
  confirmSession,
  deleteExpiredSessions,
  deleteUserSessions,
  rotateSession,
  touchSession,
  type SessionRow,
} from './session-queries.ts'
import type { Session, SessionStore, SessionUser } from './sessions.ts'

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
export function createLuciaSessions(
  db: Db,
  { idleDays = 14, absoluteDays = 30 }: { idleDays?: number; absoluteDays?: number } = {},
): SessionStore {
  const lucia = new Lucia(createLuciaAdapter(db), {
    sessionExpiresIn: new TimeSpan(idleDays, 'd'),
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  })

  return {
    async create(userId, client, method = 'password') {
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
      const session = await lucia.createSession(userId, attributes, { sessionId: toId(token) })
      return { token, session: toSession(session) }
    },

    async validate(token) {
      if (!tokenShape.test(token)) return null
      const { session, user } = await lucia.validateSession(toId(token))
      if (session === null) return null
      const now = new Date()
      const stepAgo = new Date(now.getTime() - lastSeenStepMs)
      if (session.lastSeenAt <= stepAgo) {
        await touchSession(db, session.id, now, stepAgo)
        session.lastSeenAt = now
      }
      return { session: toSession(session), user, renewed: session.fresh }
    },

    async confirm(sessionId) {
      const now = new Date()
      await confirmSession(db, sessionId, now)
      return now
    },

    // Lucia can neither rotate nor spare a session nor count.
    async rotate(within, sessionId, client) {
      const token = newToken()
      const now = new Date()
      const row = await rotateSession(within, sessionId, {
        id: toId(token),
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + idleDays * 86_400_000),
        ...cut(client),
      })
      return row && { token, session: toSession(row) }
    },

    revoke: (sessionId) => lucia.invalidateSession(sessionId),

    revokeAll: (userId, { except } = {}) => deleteUserSessions(db, userId, except),
    deleteExpired: () => deleteExpiredSessions(db),

    async list(userId) {
      const live = await lucia.getUserSessions(userId)
      return live.map(toSession)
    },
  }
}

const newToken = () => randomBytes(tokenBytes).toString('base64url')

const cut = ({ ip, userAgent }: { ip: string; userAgent: string }) => ({
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
