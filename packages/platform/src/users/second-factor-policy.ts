import type { Role } from '@galley/contract/platform/users'
import type { Queryable } from '@galley/db/client'
import { totpCredentials, users } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, eq, exists, inArray, isNotNull, isNull, not, notInArray, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'

/** Which roles need a second factor, and how many days people have to set it up. */
export type SecondFactorPolicy = { roles: readonly Role[]; graceDays: number }

/**
 * Gives those whose role needs a second factor, and who have none, the days to set it up; asks nothing more of those
 * whose role needs none. Repeating it moves no date.
 */
export async function applySecondFactorPolicy(ctx: Ctx, db: Queryable, which?: SQL): Promise<void> {
  const { roles, graceDays } = ctx.secondFactor
  const confirmed = ctx.db
    .select({ id: totpCredentials.userId })
    .from(totpCredentials)
    .where(and(eq(totpCredentials.userId, users.id), isNotNull(totpCredentials.confirmedAt)))
  const isNew = and(
    which,
    inArray(users.role, [...roles]),
    isNull(users.secondFactorDueAt),
    not(exists(confirmed)),
  )
  const due = new Date(ctx.now().getTime() + graceDays * 86_400_000)
  await db.update(users).set({ secondFactorDueAt: due }).where(isNew)
  const isOver = and(which, notInArray(users.role, [...roles]), isNotNull(users.secondFactorDueAt))
  await db.update(users).set({ secondFactorDueAt: null }).where(isOver)
}

/** Every hour: a setting that was changed, and roles that were given, take effect. */
export const requireSecondFactors: JobDefinition<Record<string, never>> = {
  name: 'users.require-second-factors',
  payload: z.strictObject({}),
  cron: '25 * * * *',
}

export const requireSecondFactorsOfAll = (ctx: Ctx): Promise<void> =>
  transact(ctx, (tx) => applySecondFactorPolicy(ctx, tx))
