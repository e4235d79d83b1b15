import type { ArticleCan } from '@galley/contract/publishing/articles'
import { canAct, isAuthorOf, isEditor, mayWrite } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'
import { allOf, isAllowed, type Decision } from '@galley/platform/errors'

export type ArticleFacts = {
  authorId: string
  /** All who write it, where they are several. */
  bylineIds: readonly string[]
  status: 'draft' | 'published'
}

/** Its author, and those who write it along. */
export const isWriterOf = (actor: Actor, article: Pick<ArticleFacts, 'authorId' | 'bylineIds'>) =>
  isAuthorOf(actor, article) || (actor.kind === 'user' && article.bylineIds.includes(actor.user.id))

/** To somebody who may not see an article, there is none. */
export const canSeeArticle = (actor: Actor, article: ArticleFacts): Decision =>
  article.status === 'published' || isWriterOf(actor, article) || isEditor(actor)
    ? 'ok'
    : 'article/not-found'

export const canCreateArticle = (actor: Actor): Decision =>
  allOf(canAct(actor), actor.kind === 'user' && mayWrite(actor.user) ? 'ok' : 'article/forbidden')

/** Changing the text. A published article takes the right to write: a demoted author keeps only drafts. */
export const canEditArticle = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canSeeArticle(actor, article),
    canAct(actor),
    isWriterOf(actor, article) || isEditor(actor) ? 'ok' : 'article/forbidden',
    article.status === 'draft' ? 'ok' : canCreateArticle(actor),
  )

/** Deleting it, and saying who writes it: for the one whose article it is, not for those who write along. */
export const canManageArticle = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canEditArticle(actor, article),
    isAuthorOf(actor, article) || isEditor(actor) ? 'ok' : 'article/forbidden',
  )

/** Showing it to others before it is out. */
export const canShareDraft = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canEditArticle(actor, article),
    article.status === 'published' ? 'article/already-published' : 'ok',
  )

/** The Markdown is for those who may edit it. */
export const canReadSource = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canSeeArticle(actor, article),
    isAllowed(canEditArticle(actor, article)) ? 'ok' : 'article/forbidden',
  )

export const canPublishArticle = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canEditArticle(actor, article),
    article.status === 'draft' ? 'ok' : 'article/already-published',
    canCreateArticle(actor),
  )

export const canUnpublishArticle = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canEditArticle(actor, article),
    article.status === 'published' ? 'ok' : 'article/not-published',
    canCreateArticle(actor),
  )

/** Comments and favourites need a published article. */
export const canRespond = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canSeeArticle(actor, article),
    canAct(actor),
    actor.kind === 'user' ? 'ok' : 'session/required',
    article.status === 'published' ? 'ok' : 'article/not-published',
  )

export type CommentedFacts = ArticleFacts & { commentsClosed: boolean }

export const canComment = (actor: Actor, article: CommentedFacts): Decision =>
  allOf(canRespond(actor, article), article.commentsClosed ? 'article/comments-closed' : 'ok')

/** Who may change an article decides whether it takes comments. */
export const canCloseComments = (actor: Actor, article: ArticleFacts): Decision =>
  canEditArticle(actor, article)

/** The decisions of the policies above, for views. */
export function articleCan(actor: Actor, article: CommentedFacts): ArticleCan {
  const mayEdit = isAllowed(canEditArticle(actor, article))
  const mayManage = isAllowed(canManageArticle(actor, article))
  return {
    edit: mayEdit,
    publish: isAllowed(canPublishArticle(actor, article)),
    unpublish: isAllowed(canUnpublishArticle(actor, article)),
    manageAuthors: mayManage,
    delete: mayManage,
    comment: isAllowed(canComment(actor, article)),
    closeComments: isAllowed(canCloseComments(actor, article)),
    favourite: isAllowed(canRespond(actor, article)),
  }
}
