import {
  AnnouncePresence,
  LeaveArticle,
  LeftArticle,
  Presence,
  PresenceOfArticle,
} from '@galley/contract/publishing/presence'
import { announcePresence, leavePresence } from '@galley/publishing/presence/announce'
import { listPresence } from '@galley/publishing/presence/list'
import { router, sessionProcedure } from '../../trpc.ts'

/** Who has an article open to edit it. Of what changes, `live.watch` tells under the topic `presence`. */
export const presence = router({
  list: sessionProcedure({ cost: 1, queries: 2 })
    .input(PresenceOfArticle)
    .output(Presence)
    .query(({ ctx, input }) => listPresence(ctx, input)),
  announce: sessionProcedure({ cost: 1, queries: 3 })
    .input(AnnouncePresence)
    .output(Presence)
    .mutation(({ ctx, input }) => announcePresence(ctx, input)),
  leave: sessionProcedure({ cost: 1, queries: 1 })
    .input(LeaveArticle)
    .output(LeftArticle)
    .mutation(({ ctx, input }) => leavePresence(ctx, input)),
})
