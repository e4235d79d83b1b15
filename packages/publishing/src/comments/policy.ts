import type { CommentView } from '@galley/contract/publishing/comments'
import { canAct, isAuthorOf, isEditor, mayWrite } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'
import { allOf, isAllowed, type Decision } from '@galley/platform/errors'

/** `articleAuthorId` is whose article the comment stands under. */
export type CommentFacts = { authorId: string; articleAuthorId: string }

export const canEditComment = (actor: Actor, comment: CommentFacts): Decision =>
  allOf(canAct(actor), isAuthorOf(actor, comment) ? 'ok' : 'comment/forbidden')

export const canDeleteComment = (actor: Actor, comment: CommentFacts): Decision =>
  allOf(
    canAct(actor),
    isAuthorOf(actor, comment) || moderatesArticle(actor, comment) || isEditor(actor)
      ? 'ok'
      : 'comment/forbidden',
  )

/** Authors look after the comments under their articles for as long as they may write. */
const moderatesArticle = (actor: Actor, { articleAuthorId }: CommentFacts) =>
  actor.kind === 'user' && mayWrite(actor.user) && isAuthorOf(actor, { authorId: articleAuthorId })

export const commentCan = (actor: Actor, comment: CommentFacts): CommentView['can'] => ({
  edit: isAllowed(canEditComment(actor, comment)),
  delete: isAllowed(canDeleteComment(actor, comment)),
})
