import { events, type EventPayload } from '@galley/contract/events'
import { follows } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { notify } from '@galley/platform/notifications/notify'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'

type FollowCreated = EventPayload<'follow.created'>

export const tellOfFollow: JobDefinition<FollowCreated> = {
  name: 'follows.tell-of-follow',
  payload: events['follow.created'],
}

/** Once for each who follows, however often they come and go. */
export function notifyOfFollow(ctx: Ctx, { followerId, followedId }: FollowCreated): Promise<void> {
  const isIt = and(eq(follows.followerId, followerId), eq(follows.followedId, followedId))
  return transact(ctx, async (tx) => {
    if ((await tx.$count(follows, isIt)) === 0) return
    await notify(ctx, tx, [
      {
        userId: followedId,
        kind: 'follow',
        actorId: followerId,
        subject: { kind: 'person', id: followerId },
      },
    ])
  })
}
