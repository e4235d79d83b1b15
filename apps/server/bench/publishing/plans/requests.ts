import { randomUUID } from 'node:crypto'
import { createBearerTokens } from '@galley/auth/bearer'
import type { Db } from '@galley/db/client'
import { createLimitStores } from '@galley/limits/stores'
import { systemCtx } from '@galley/platform/ctx'
import { readBacklog } from '@galley/platform/health/backlog'
import { findResult, keepResult, oldestResult, takeKey } from '@galley/platform/idempotency/queries'
import { findCredentialByEmail } from '@galley/platform/sessions/queries'
import { findFamilyForUpdate, findRefreshToken } from '@galley/platform/tokens/queries'
import { createFeed } from '@galley/realtime/feed'
import type { Deps } from '../../../src/deps.ts'
import { id } from '../lists/world.ts'

/** What is sent for every request, or every second, whatever it is for: limits as PostgreSQL counts them, who calls, what was kept, what waits. */
export function requestCalls(deps: Deps, db: Db): Record<string, () => Promise<unknown>> {
  const { domain } = deps
  const limits = createLimitStores(db)
  const bearers = createBearerTokens(db, domain.accessTokens)
  const rolling = { attempts: 100, windowSeconds: 3_600 }
  const key = { callerId: id(1, 1), keyHash: 'a'.repeat(64) }
  const claims = {
    userId: id(1, 1),
    familyId: randomUUID(),
    version: 1,
    scopes: [],
    kid: randomUUID(),
    expiresAt: new Date(Date.now() + 60_000),
  }
  return {
    'units of an allowance': () =>
      limits.counters.take({ key: 'plans', quota: 600, windowSeconds: 60, least: 1, most: 1 }),
    'an attempt, by address': () => limits.throttles.attemptRolling('plans', rolling),
    'an attempt, by account': () =>
      limits.throttles.attemptGrowing('plans', { ...rolling, longestWaitSeconds: 3_600 }),
    'attempts given back': () => limits.throttles.clear('plans'),
    'who calls, by a personal token': () => bearers.authenticate(bearers.newApiToken().token),
    'who calls, by an access token': () => bearers.findUser({ tokenId: claims.familyId, claims }),
    'a sign-in, by its address': () => findCredentialByEmail(db, 'reader-1@example.com'),
    'a refresh': () =>
      db.transaction(async (tx) => {
        const family = await findFamilyForUpdate(tx, 'x')
        return findRefreshToken(tx, family?.id ?? randomUUID(), 'x')
      }),
    'a call that may come again': () =>
      db.transaction(async (tx) => {
        await takeKey(tx, key)
        const found = await findResult(tx, key, oldestResult(systemCtx(domain)))
        await keepResult(tx, { ...key, fingerprint: 'x', result: '{}' })
        return found
      }),
    'events since': async () => {
      const feed = createFeed({ db, listen: deps.listen, channel: 'plans' })
      await feed.start(async () => {})
      const { at } = feed
      await feed.close()
      return at && feed.between(at, at)
    },
    'what waits': () => readBacklog({ db, jobs: domain.jobs }),
  }
}
