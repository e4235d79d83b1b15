import { events, type EventPayload } from '@galley/contract/events'
import type { Tx } from '@galley/db/client'
import { commentMentions, comments, users } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { emit } from '@galley/platform/events/emit'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { outdated } from '../render.ts'

/** Has comments that mention a person name them as they are called by now. */
export const refreshMentions: JobDefinition<EventPayload<'user.profile-updated'>> = {
  name: 'comments.refresh-mentions',
  payload: events['user.profile-updated'],
}

/** Those whose HTML does not lead to the person's page are rendered again when they are next read. */
export const markMentions = (
  ctx: Ctx,
  { userId }: EventPayload<'user.profile-updated'>,
): Promise<void> =>
  transact(ctx, async (tx) => {
    // What was read since the event, and is kept, still has the former name.
    if (await markStale(tx, userId)) await emit(ctx, tx, 'texts.outdated', {})
  })

/** Returns whether there were any. */
async function markStale(db: Tx, userId: string): Promise<boolean> {
  const mentioning = db
    .select({ id: commentMentions.commentId })
    .from(commentMentions)
    .where(eq(commentMentions.userId, userId))
  const username = db.select({ name: users.username }).from(users).where(eq(users.id, userId))
  const marked = await db
    .update(comments)
    .set({ renderVersion: outdated(comments.renderVersion) })
    .where(
      and(
        inArray(comments.id, mentioning),
        sql`position('"/authors/' || (${username}) || '"' in ${comments.bodyHtml}) = 0`,
      ),
    )
    .returning({ id: comments.id })
  return marked.length > 0
}
