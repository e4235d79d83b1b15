import type { Queryable } from '@galley/db/client'
import type { Adapter, DatabaseSession } from 'lucia'
import * as queries from './session-queries.ts'

/** The latest Date there is (ECMA-262, 21.4.1.1). */
const never = new Date(8.64e15)

/**
 * Lucia 3's storage over our table. Lucia knows the idle limit only: the absolute one is checked by the query that
 * finds a session and kept by the one that extends it.
 */
export function createLuciaAdapter(db: Queryable): Adapter {
  return {
    async getSessionAndUser(id) {
      const found = await queries.findSessionWithUser(db, id)
      if (!found) return [null, null]
      return [toLucia(found.session), { id: found.user.id, attributes: found.user }]
    },
    async getUserSessions(userId) {
      const rows = await queries.listSessions(db, userId)
      return rows.map(toLucia)
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const { absoluteExpiresAt } = attributes
      const capped = expiresAt < absoluteExpiresAt ? expiresAt : absoluteExpiresAt
      await queries.insertSession(db, { ...attributes, id, userId, expiresAt: capped })
    },
    updateSessionExpiration: (id, expiresAt) => queries.extendSession(db, id, expiresAt),
    async deleteSession(id) {
      await queries.deleteSession(db, id)
    },
    async deleteUserSessions(userId) {
      await queries.deleteUserSessions(db, userId)
    },
    async deleteExpiredSessions() {
      await queries.deleteExpiredSessions(db, new Date())
    },
  }
}

function toLucia({ id, userId, expiresAt, ...attributes }: queries.SessionRow): DatabaseSession {
  // At the cap there is nothing left to extend; with the real date, Lucia would try on every request.
  const isCapped = expiresAt >= attributes.absoluteExpiresAt
  return { id, userId, expiresAt: isCapped ? never : expiresAt, attributes }
}
