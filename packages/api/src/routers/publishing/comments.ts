import {
  CommentById,
  CommentPage,
  CommentThreadPage,
  CommentView,
  CreateComment,
  ListComments,
  ListReplies,
  UpdateComment,
} from '@galley/contract/publishing/comments'
import { Deleted } from '@galley/contract/primitives'
import { createComment, deleteComment, updateComment } from '@galley/publishing/comments/write'
import { getComment, listComments, listReplies } from '@galley/publishing/comments/list'
import { authedProcedure, publicProcedure, router } from '../../trpc.ts'
import { docs } from './comments.docs.ts'

export const comments = router({
  list: publicProcedure({
    cost: 1,
    mayLag: 'pages',
    dependsOn: 'articleId',
    queries: 2,
    scope: 'comments:read',
    rest: { method: 'GET', path: '/articles/{articleId}/comments' },
    docs: docs.list,
  })
    .input(ListComments)
    .output(CommentThreadPage)
    .query(({ ctx, input }) => listComments(ctx, input)),
  replies: publicProcedure({
    cost: 1,
    mayLag: 'pages',
    queries: 2,
    scope: 'comments:read',
    rest: { method: 'GET', path: '/comments/{id}/replies' },
    docs: docs.replies,
  })
    .input(ListReplies)
    .output(CommentPage)
    .query(({ ctx, input }) => listReplies(ctx, input)),
  get: publicProcedure({
    cost: 1,
    mayLag: 'pages',
    queries: 1,
    scope: 'comments:read',
    rest: { method: 'GET', path: '/comments/{id}' },
    docs: docs.get,
  })
    .input(CommentById)
    .output(CommentView)
    .query(({ ctx, input }) => getComment(ctx, input)),
  create: authedProcedure({
    cost: 3,
    queries: 2,
    scope: 'comments:write',
    rest: {
      method: 'POST',
      path: '/articles/{articleId}/comments',
      status: 201,
      location: '/comments/{id}',
    },
    docs: docs.create,
  })
    .input(CreateComment)
    .output(CommentView)
    .mutation(({ ctx, input }) => createComment(ctx, input)),
  update: authedProcedure({
    cost: 3,
    queries: 3,
    scope: 'comments:write',
    rest: { method: 'PATCH', path: '/comments/{id}' },
    docs: docs.update,
  })
    .input(UpdateComment)
    .output(CommentView)
    .mutation(({ ctx, input }) => updateComment(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    queries: 5,
    scope: 'comments:write',
    rest: { method: 'DELETE', path: '/comments/{id}', status: 204 },
    docs: docs.delete,
  })
    .input(CommentById)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteComment(ctx, input)),
})
