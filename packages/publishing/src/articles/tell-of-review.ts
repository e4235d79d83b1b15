import { events, type EventPayload } from '@galley/contract/events'
import { articles, users } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { notify } from '@galley/platform/notifications/notify'
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { writerIds } from './queries.ts'

type Requested = EventPayload<'review.requested'>
type Decided = EventPayload<'review.decided'>

export const tellEditors: JobDefinition<Requested> = {
  name: 'articles.tell-editors',
  payload: events['review.requested'],
}

export const tellOfDecision: JobDefinition<Decided> = {
  name: 'articles.tell-of-decision',
  payload: events['review.decided'],
}

/** A publication has few editors; the rest of many more find what waits in its list. */
const MOST_EDITORS = 500

/** Tells those who may decide on an article that it waits for them; of each time that it is asked for once. */
export async function notifyEditors(ctx: Ctx, { articleId, userId }: Requested): Promise<void> {
  const article = await findReviewed(ctx, articleId)
  if (article?.status !== 'in_review') return
  const editors = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.role, ['editor', 'admin']), eq(users.status, 'active')))
    .orderBy(asc(users.id))
    .limit(MOST_EDITORS)
  await transact(ctx, (tx) =>
    notify(
      ctx,
      tx,
      editors.map((editor) => ({
        userId: editor.id,
        kind: 'review-requested',
        key: `${articleId}:${article.version}`,
        actorId: userId,
        subject: { kind: 'article', id: articleId },
      })),
    ),
  )
}

/** Tells those who write an article how a review of it was decided; of each decision once. */
export async function notifyOfDecision(
  ctx: Ctx,
  { articleId, userId, decision, version }: Decided,
): Promise<void> {
  const article = await findReviewed(ctx, articleId)
  if (!article) return
  await transact(ctx, (tx) =>
    notify(
      ctx,
      tx,
      article.writerIds.map((writerId) => ({
        userId: writerId,
        kind: 'review-decided',
        key: `${articleId}:${version ?? article.version}`,
        actorId: userId,
        subject: { kind: 'article', id: articleId },
        data: { decision },
      })),
    ),
  )
}

async function findReviewed(ctx: Ctx, id: string) {
  const [article] = await ctx.db
    .select({ status: articles.status, version: articles.version, writerIds })
    .from(articles)
    .where(eq(articles.id, id))
  return article
}
