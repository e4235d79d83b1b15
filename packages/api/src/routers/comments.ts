import {
  CommentById,
  CommentPage,
  CommentView,
  CreateComment,
  ListComments,
  UpdateComment,
} from '@galley/contract/comments'
import { Deleted } from '@galley/contract/primitives'
import { createComment, deleteComment, listComments, updateComment } from '@galley/core/comments'
import { authedProcedure, publicProcedure, router } from '../trpc.ts'

export const comments = router({
  list: publicProcedure({ cost: 1, scope: 'comments:read' })
    .input(ListComments)
    .output(CommentPage)
    .query(({ ctx, input }) => listComments(ctx, input)),
  create: authedProcedure({ cost: 3, scope: 'comments:write' })
    .input(CreateComment)
    .output(CommentView)
    .mutation(({ ctx, input }) => createComment(ctx, input)),
  update: authedProcedure({ cost: 3, scope: 'comments:write' })
    .input(UpdateComment)
    .output(CommentView)
    .mutation(({ ctx, input }) => updateComment(ctx, input)),
  delete: authedProcedure({ cost: 2, scope: 'comments:write' })
    .input(CommentById)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteComment(ctx, input)),
})
