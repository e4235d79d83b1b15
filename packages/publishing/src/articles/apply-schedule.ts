import type { Tx } from '@galley/db/client'
import { articles } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { userActor } from '@galley/platform/actor'
import { transact, type Via } from '@galley/platform/ctx'
import { isAllowed, toAppError } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import { findUserById } from '@galley/platform/users/queries'
import { and, asc, gt, inArray, lte, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { moveArticle, putOut, takeBack } from './move.ts'
import { canPublishArticle } from './policy.ts'
import { lookThrough, refuseUnpublishable } from './publishable.ts'
import { rulesOf } from './rules.ts'
import { findArticleForUpdate, type ArticleRow } from './queries.ts'

/**
 * Does what is due. A time leaves a job for itself; each minute another looks for what such a job has missed, so that
 * what fell due while nothing ran is done at the start.
 */
export const applySchedule: JobDefinition<Record<string, never>> = {
  name: 'articles.apply-schedule',
  payload: z.strictObject({}),
  cron: '* * * * *',
  timeoutSeconds: 5 * 60,
}

const BATCH = 100

/**
 * By the clock of the database, which is one for all workers and for the jobs. Any number of them may do so at once: who comes second
 * to an article finds that its time is gone.
 */
export async function applyDueTimes(ctx: Ctx): Promise<void> {
  const failures: unknown[] = []
  for (let after: string | undefined; ;) {
    const due = await listDue(ctx, after)
    for (const each of due) {
      // One that fails must not hold up those behind it.
      await applyTime(ctx, each).catch((error: unknown) => failures.push(error))
    }
    after = due.at(-1)?.id
    if (due.length < BATCH) break
  }
  if (failures.length > 0) throw failures[0]
}

type Due = { id: string; now: Date }

async function listDue(ctx: Ctx, after: string | undefined): Promise<Due[]> {
  return ctx.db
    .select({ id: articles.id, now: sql`now()`.mapWith(articles.createdAt) })
    .from(articles)
    .where(
      and(
        lte(articles.scheduledAt, sql`now()`),
        inArray(articles.status, ['scheduled', 'published']),
        after === undefined ? undefined : gt(articles.id, after),
      ),
    )
    .orderBy(asc(articles.id))
    .limit(BATCH)
}

async function applyTime(ctx: Ctx, { id, now }: Due): Promise<void> {
  const looked = await lookThrough(ctx, id, ({ status }) => status === 'scheduled')
  await transact(ctx, async (tx) => {
    const article = await findArticleForUpdate(tx, id)
    if (!article?.scheduledAt || article.scheduledAt > now) return
    // What takes away needs nobody's right any more.
    if (article.status === 'published') return void (await takeBack(ctx, tx, article))
    if (article.status !== 'scheduled') return
    const reason = await reasonAgainst(ctx, tx, article, () =>
      refuseUnpublishable(ctx, tx, article, looked),
    )
    if (reason === null) await putOut(ctx, tx, article)
    else await miss(ctx, tx, article, reason)
  })
}

/** Why it cannot be published, for its author; null where it can. Throws what may be better at another try. */
async function reasonAgainst(
  ctx: Ctx,
  tx: Tx,
  article: ArticleRow,
  check: () => Promise<void>,
): Promise<string | null> {
  if (!(await mayStillPublish(ctx, tx, article))) {
    return 'Who set the time may no longer publish it.'
  }
  try {
    await check()
    return null
  } catch (error) {
    const { reason, fields, message } = toAppError(error)
    if (reason !== 'article/incomplete' && reason !== 'article/alt-missing') throw error
    return [message, ...(fields ?? []).map((field) => `${field.path}: ${field.message}`)].join(' ')
  }
}

async function mayStillPublish(ctx: Ctx, tx: Tx, article: ArticleRow): Promise<boolean> {
  const user = article.scheduledBy === null ? null : await findUserById(tx, article.scheduledBy)
  if (user === null) return false
  const actor = userActor(user, later, ctx.now())
  return isAllowed(canPublishArticle(actor, article, rulesOf(ctx)))
}

/** By what somebody came when they set the time is of no account: policies do not ask. */
const later: Via = { kind: 'token', tokenId: '', scopes: new Set() }

/** It becomes a draft again, and its author is shown why. */
async function miss(ctx: Ctx, tx: Tx, article: ArticleRow, reason: string): Promise<void> {
  const notice = { kind: 'missed', reason, at: ctx.now().toISOString() } as const
  const to = { status: 'draft', notice } as const
  const row = await moveArticle(ctx, tx, article, { to, change: 'schedule-missed' })
  const { scheduledBy: userId } = article
  await emit(ctx, tx, 'article.schedule-missed', { articleId: row.id, userId })
}
