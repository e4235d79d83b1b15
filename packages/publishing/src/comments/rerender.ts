import { comments } from '@galley/db/schema'
import { and, gt, isNull, ne } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { renderEach } from '../render.ts'
import { renderedAgain } from './internal.ts'

const isStale = (ctx: Ctx) =>
  and(ne(comments.renderVersion, ctx.markdown.version), isNull(comments.deletedAt))

export const countStaleComments = (ctx: Ctx) => ctx.db.$count(comments, isStale(ctx))

/** Renders again all comments that need it, and reports how many after each batch. */
export const renderStaleComments = (ctx: Ctx, onBatch: (count: number) => Promise<void>) =>
  renderEach(ctx, {
    listAfter: (id) =>
      ctx.db
        .select({
          id: comments.id,
          body: comments.body,
          renderVersion: comments.renderVersion,
        })
        .from(comments)
        .where(and(isStale(ctx), id === undefined ? undefined : gt(comments.id, id)))
        .orderBy(comments.id)
        .limit(100),
    // A comment that is changed meanwhile is rendered by the change.
    render: (row) => renderedAgain(ctx, row),
    onBatch,
  })
