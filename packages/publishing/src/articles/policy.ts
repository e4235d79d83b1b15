import type { ArticleCan } from '@galley/contract/publishing/articles'
import { isActive, isAuthorOf, isEditor, mayWrite } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'

export type ArticleFacts = { authorId: string; status: 'draft' | 'published' }

/** Who may not see an article is told that there is none. */
export const canSeeArticle = (actor: Actor, article: ArticleFacts) =>
  article.status === 'published' || isAuthorOf(actor, article) || isEditor(actor)

export const canCreateArticle = (actor: Actor) => actor.kind === 'user' && mayWrite(actor.user)

/** Changing the text, and deleting it. What is out is changed by those who may write: a demoted author keeps only drafts. */
export const canEditArticle = (actor: Actor, article: ArticleFacts) =>
  isActive(actor) &&
  (isAuthorOf(actor, article) || isEditor(actor)) &&
  (article.status === 'draft' || canCreateArticle(actor))

export const canPublishArticle = (actor: Actor, article: ArticleFacts) =>
  canEditArticle(actor, article) && canCreateArticle(actor)

/** Comments and favourites need an article that is out. */
export const canRespond = (actor: Actor, article: ArticleFacts) =>
  actor.kind === 'user' && isActive(actor) && article.status === 'published'

/** The answers of the policies above, as they travel in views. */
export function articleCan(actor: Actor, article: ArticleFacts): ArticleCan {
  const mayEdit = canEditArticle(actor, article)
  const mayPublish = canPublishArticle(actor, article)
  return {
    edit: mayEdit,
    publish: mayPublish && article.status === 'draft',
    unpublish: mayPublish && article.status === 'published',
    delete: mayEdit,
    comment: canRespond(actor, article),
    favourite: canRespond(actor, article),
  }
}
