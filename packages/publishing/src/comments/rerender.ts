import { comments } from '@galley/db/schema'
import { and, eq, gt, ne } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { renderEach } from '../render.ts'
import { renderedComment } from './internal.ts'

const isStale = (ctx: Ctx) => ne(comments.renderVersion, ctx.markdown.version)

export const countStaleComments = (ctx: Ctx) => ctx.db.$count(comments, isStale(ctx))

/** Renders again all comments that need it, and reports how many after each batch. */
export const renderStaleComments = (ctx: Ctx, onBatch: (count: number) => Promise<void>) =>
  renderEach(ctx, {
    listAfter: (id) =>
      ctx.db
        .select({ id: comments.id, body: comments.body })
        .from(comments)
        .where(and(isStale(ctx), id === undefined ? undefined : gt(comments.id, id)))
        .orderBy(comments.id)
        .limit(100),
    // A comment that is changed meanwhile is rendered by the change.
    render: async ({ id, body }) =>
      ctx.db
        .update(comments)
        .set(await renderedComment(ctx, body))
        .where(and(eq(comments.id, id), eq(comments.body, body))),
    onBatch,
  })
