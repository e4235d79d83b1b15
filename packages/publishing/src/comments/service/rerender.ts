import { comments } from '@galley/db/schema'
import { and, eq, gt, ne } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { toAppError } from '@galley/platform/errors'
import { renderedComment } from '../rendering.ts'

const BATCH = 100

const staleComment = (ctx: Ctx) => ne(comments.renderVersion, ctx.markdown.version)

export const countStaleComments = (ctx: Ctx) => ctx.db.$count(comments, staleComment(ctx))

/** Renders all comments anew that need it, and tells how many after each batch; one that cannot be is left as it is. */
export async function renderStaleComments(
  ctx: Ctx,
  onBatch: (count: number) => Promise<void>,
): Promise<void> {
  for (let after: string | undefined; ;) {
    const rows = await ctx.db
      .select({ id: comments.id, body: comments.body })
      .from(comments)
      .where(and(staleComment(ctx), after === undefined ? undefined : gt(comments.id, after)))
      .orderBy(comments.id)
      .limit(BATCH)
    for (const row of rows) {
      await renderComment(ctx, row).catch((error: unknown) => {
        // A job that finds the renderer busy is tried again, and goes on where it stopped.
        if (toAppError(error).reason === 'server/unavailable') throw error
        ctx.log.warn({ err: error, commentId: row.id }, 'comment could not be rendered again')
      })
    }
    after = rows.at(-1)?.id
    if (after === undefined) return
    await onBatch(rows.length)
  }
}

async function renderComment(ctx: Ctx, row: { id: string; body: string }) {
  // A comment that is changed meanwhile is rendered by the change.
  const unchanged = and(eq(comments.id, row.id), eq(comments.body, row.body))
  await ctx.db
    .update(comments)
    .set(await renderedComment(ctx, row.body))
    .where(unchanged)
}
