import { COMMENT_EDIT_MINUTES } from '@galley/contract/publishing/comments'
import { canAct, isAuthorOf, isEditor, mayWrite } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'
import { allOf, type Decision } from '@galley/platform/errors'

/** `articleAuthorId` is whose article the comment stands under. One that is deleted has no author. */
export type CommentFacts = { authorId: string | null; articleAuthorId: string; createdAt: Date }

/** Authors change their own, for a while: those who replied meanwhile replied to what stands there. */
export const canEditComment = (actor: Actor, comment: CommentFacts, now: Date): Decision =>
  allOf(
    canAct(actor),
    isAuthor(actor, comment) ? 'ok' : 'comment/forbidden',
    now.getTime() - comment.createdAt.getTime() < COMMENT_EDIT_MINUTES * 60_000
      ? 'ok'
      : 'comment/edit-window-over',
  )

export const canDeleteComment = (actor: Actor, comment: CommentFacts): Decision =>
  allOf(
    canAct(actor),
    isAuthor(actor, comment) || moderatesArticle(actor, comment) || isEditor(actor)
      ? 'ok'
      : 'comment/forbidden',
  )

const isAuthor = (actor: Actor, { authorId }: CommentFacts) =>
  authorId !== null && isAuthorOf(actor, { authorId })

/** Authors look after the comments under their articles for as long as they may write. */
const moderatesArticle = (actor: Actor, { articleAuthorId }: CommentFacts) =>
  actor.kind === 'user' && mayWrite(actor.user) && isAuthorOf(actor, { authorId: articleAuthorId })
