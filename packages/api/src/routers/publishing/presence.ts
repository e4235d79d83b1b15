import {
  AnnouncePresence,
  LeaveArticle,
  LeftArticle,
  Presence,
  PresenceOfArticle,
} from '@galley/contract/publishing/presence'
import { announcePresence, leavePresence } from '@galley/publishing/presence/announce'
import { listPresence } from '@galley/publishing/presence/list'
import { authedProcedure, router } from '../../trpc.ts'

/** Who has an article open to edit it. Of what changes, `live.watch` tells under the topic `presence`. */
export const presence = router({
  list: authedProcedure({ cost: 1, queries: 2, scope: 'articles:read' })
    .input(PresenceOfArticle)
    .output(Presence)
    .query(({ ctx, input }) => listPresence(ctx, input)),
  announce: authedProcedure({ cost: 1, queries: 3, scope: 'articles:write' })
    .input(AnnouncePresence)
    .output(Presence)
    .mutation(({ ctx, input }) => announcePresence(ctx, input)),
  leave: authedProcedure({ cost: 1, queries: 1, scope: 'articles:write' })
    .input(LeaveArticle)
    .output(LeftArticle)
    .mutation(({ ctx, input }) => leavePresence(ctx, input)),
})
