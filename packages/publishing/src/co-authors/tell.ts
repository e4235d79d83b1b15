import { events, type EventPayload } from '@galley/contract/events'
import { articleAuthors } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { notify } from '@galley/platform/notifications/notify'
import { and, eq, isNull } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'

type BylineInvited = EventPayload<'byline.invited'>

export const tellOfInvitation: JobDefinition<BylineInvited> = {
  name: 'co-authors.tell-of-invitation',
  payload: events['byline.invited'],
}

/** Tells somebody that they are invited to write along, while the invitation waits; of a later one again. */
export async function notifyOfInvitation(ctx: Ctx, event: BylineInvited): Promise<void> {
  const { articleId, userId, byUserId } = event
  const [invitation] = await ctx.db
    .select({ createdAt: articleAuthors.createdAt })
    .from(articleAuthors)
    .where(
      and(
        eq(articleAuthors.articleId, articleId),
        eq(articleAuthors.userId, userId),
        isNull(articleAuthors.acceptedAt),
      ),
    )
  if (!invitation) return
  await transact(ctx, (tx) =>
    notify(ctx, tx, [
      {
        userId,
        kind: 'byline-invited',
        key: `${articleId}:${invitation.createdAt.getTime()}`,
        actorId: byUserId,
        subject: { kind: 'invitation', id: articleId },
      },
    ]),
  )
}
