import pLimit from 'p-limit'
import type { Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'

/** The calls with a key that this process is at work on. */
export type KeyedCalls = {
  /** Works on one call for each id; throws `request/idempotency-in-flight` for a second one. */
  alone<Result>(id: string, work: () => Promise<Result>): Promise<Result>
  /** Work that holds a connection, when one may be held; throws `server/unavailable` where too much waits already. */
  holding<Result>(work: () => Promise<Result>): Promise<Result>
  /** Runs `work` with a context in which what is slow is ready before a connection is held. */
  prepare<Result>(ctx: Ctx, work: (ready: Ctx) => Promise<Result>): Promise<Result>
}

/** At most `maxHolding` hold a connection, so that the other calls have some; `maxWaiting` more wait without one. */
export function createKeyedCalls({
  maxHolding,
  maxWaiting = 50,
  prepare = (ctx, work) => work(ctx),
}: {
  maxHolding: number
  maxWaiting?: number
  prepare?: KeyedCalls['prepare']
}): KeyedCalls {
  const atWork = new Set<string>()
  const limit = pLimit(maxHolding)
  return {
    async alone(id, work) {
      if (atWork.has(id)) {
        throw new AppError('request/idempotency-in-flight', { retryAfterSeconds: 1 })
      }
      atWork.add(id)
      try {
        return await work()
      } finally {
        atWork.delete(id)
      }
    },
    async holding(work) {
      if (limit.activeCount + limit.pendingCount >= maxHolding + maxWaiting) {
        throw new AppError('server/unavailable', { retryAfterSeconds: 1 })
      }
      return limit(work)
    },
    prepare,
  }
}
