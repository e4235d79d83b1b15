import { COMMENT_EDIT_MINUTES } from '@galley/contract/publishing/comments'
import { canAct, isAuthorOf, isEditor, mayWrite } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'
import { allOf, type Decision } from '@galley/platform/errors'
import { isWriterOf } from '../articles/find.ts'

/** `article...` says who writes the article that the comment stands under. One that is deleted has no author. */
export type CommentFacts = {
  authorId: string | null
  articleAuthorId: string
  articleBylineIds: readonly string[]
  createdAt: Date
}

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

/** All who write an article look after the comments under it for as long as they may write. */
const moderatesArticle = (actor: Actor, { articleAuthorId, articleBylineIds }: CommentFacts) =>
  actor.kind === 'user' &&
  mayWrite(actor.user) &&
  isWriterOf(actor, { authorId: articleAuthorId, bylineIds: articleBylineIds })
