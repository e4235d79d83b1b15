import type { CommentView } from '@galley/contract/comments'
import { isActive, isAuthorOf, isEditor } from '../actor.ts'
import type { Actor } from '../ctx.ts'

/** `articleAuthorId` is whose article the comment stands under. */
export type CommentFacts = { authorId: string; articleAuthorId: string }

export const canEditComment = (actor: Actor, comment: CommentFacts) =>
  isActive(actor) && isAuthorOf(actor, comment)

export const canDeleteComment = (actor: Actor, comment: CommentFacts) =>
  isActive(actor) &&
  (isAuthorOf(actor, comment) ||
    isAuthorOf(actor, { authorId: comment.articleAuthorId }) ||
    isEditor(actor))

export const commentCan = (actor: Actor, comment: CommentFacts): CommentView['can'] => ({
  edit: canEditComment(actor, comment),
  delete: canDeleteComment(actor, comment),
})
