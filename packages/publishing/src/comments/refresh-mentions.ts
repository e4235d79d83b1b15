import { events, type EventPayload } from '@galley/contract/events'
import { commentMentions, comments, users } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'

/** Has comments that mention a person name them as they are called by now. */
export const refreshMentions: JobDefinition<EventPayload<'user.profile-updated'>> = {
  name: 'comments.refresh-mentions',
  payload: events['user.profile-updated'],
}

/** No renderer has it. */
const NO_VERSION = 0

/** Those whose HTML does not lead to the person's page are rendered again when they are next read. */
export async function markMentions(
  { db }: Ctx,
  { userId }: EventPayload<'user.profile-updated'>,
): Promise<void> {
  const mentioning = db
    .select({ id: commentMentions.commentId })
    .from(commentMentions)
    .where(eq(commentMentions.userId, userId))
  const username = db.select({ name: users.username }).from(users).where(eq(users.id, userId))
  await db
    .update(comments)
    .set({ renderVersion: NO_VERSION })
    .where(
      and(
        inArray(comments.id, mentioning),
        ne(comments.renderVersion, NO_VERSION),
        sql`position('"/authors/' || (${username}) || '"' in ${comments.bodyHtml}) = 0`,
      ),
    )
}
