import type { CommentView } from '@galley/contract/publishing/comments'
import { isActive, isAuthorOf, isEditor, mayWrite } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'

/** `articleAuthorId` is whose article the comment stands under. */
export type CommentFacts = { authorId: string; articleAuthorId: string }

export const canEditComment = (actor: Actor, comment: CommentFacts) =>
  isActive(actor) && isAuthorOf(actor, comment)

export const canDeleteComment = (actor: Actor, comment: CommentFacts) =>
  isActive(actor) &&
  (isAuthorOf(actor, comment) || moderatesArticle(actor, comment) || isEditor(actor))

/** Authors look after the comments under their articles for as long as they may write. */
const moderatesArticle = (actor: Actor, { articleAuthorId }: CommentFacts) =>
  actor.kind === 'user' && mayWrite(actor.user) && isAuthorOf(actor, { authorId: articleAuthorId })

export const commentCan = (actor: Actor, comment: CommentFacts): CommentView['can'] => ({
  edit: canEditComment(actor, comment),
  delete: canDeleteComment(actor, comment),
})
