import { auditLog, outbox } from '@galley/db/schema'
import { eq, sql } from 'drizzle-orm'
import type { useTestDomain } from './context.ts'

type Database = Pick<ReturnType<typeof useTestDomain>['database'], 'db'>

/** The actions that the audit log has of an article, from A to Z: those of one moment have no order. */
export const audited = async ({ db }: Database, articleId: string) =>
  (
    await db
      .select({ action: auditLog.action })
      .from(auditLog)
      .where(eq(auditLog.targetId, articleId))
  )
    .map(({ action }) => action)
    .toSorted()

/** The events of an article, likewise. */
export const emitted = async ({ db }: Database, articleId: string) =>
  (
    await db
      .select({ event: outbox.event })
      .from(outbox)
      .where(sql`${outbox.payload}->>'articleId' = ${articleId}`)
  )
    .map(({ event }) => event)
    .toSorted()

/** How many of these succeeded, and why the others did not. */
export async function raced(calls: Promise<unknown>[]) {
  const outcomes = await Promise.allSettled(calls)
  const reasons = outcomes.flatMap((each) =>
    each.status === 'rejected' ? [String(Object(each.reason).reason ?? each.reason)] : [],
  )
  return { won: outcomes.length - reasons.length, reasons: [...new Set(reasons)].toSorted() }
}
