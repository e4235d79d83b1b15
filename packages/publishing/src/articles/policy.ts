import type { ArticleCan } from '@galley/contract/publishing/articles'
import { canAct, isAuthorOf, isEditor, mayWrite } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'
import { allOf, isAllowed, type Decision } from '@galley/platform/errors'

/** What the site has set for all articles. */
export type ArticleRules = {
  /** Whether authors may publish only what an editor has approved. */
  reviewRequired: boolean
  /** What was published before takes no comments any more; null where they stay open. */
  openSince: Date | null
}

export type Status = 'draft' | 'in_review' | 'scheduled' | 'published' | 'archived' | 'trashed'

export type ArticleFacts = {
  authorId: string
  /** All who write it, where they are several. */
  bylineIds: readonly string[]
  status: Status
}

/** Its author, and those who write it along. */
export const isWriterOf = (actor: Actor, article: Pick<ArticleFacts, 'authorId' | 'bylineIds'>) =>
  isAuthorOf(actor, article) || (actor.kind === 'user' && article.bylineIds.includes(actor.user.id))

/** Statuses of what everybody may read. */
export const isPublic = (status: Status) => status === 'published' || status === 'archived'

/** To somebody who may not see an article, there is none; what is in the trash is there for nobody. */
export const canSeeArticle = (actor: Actor, article: ArticleFacts): Decision =>
  article.status !== 'trashed' &&
  (isPublic(article.status) || isWriterOf(actor, article) || isEditor(actor))
    ? 'ok'
    : 'article/not-found'

export const canCreateArticle = (actor: Actor): Decision =>
  allOf(
    canAct(actor),
    actor.kind === 'system' || (actor.kind === 'user' && mayWrite(actor.user))
      ? 'ok'
      : 'article/forbidden',
  )

/**
 * Changing the text. What is published, or will be, takes the right to write: a demoted author keeps only
 * drafts.
 */
export const canEditArticle = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canSeeArticle(actor, article),
    canAct(actor),
    isWriterOf(actor, article) || isEditor(actor) ? 'ok' : 'article/forbidden',
    article.status === 'draft' || article.status === 'in_review' ? 'ok' : canCreateArticle(actor),
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
    isPublic(article.status) ? 'article/already-published' : 'ok',
  )

/** The Markdown is for those who may edit it. */
export const canReadSource = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canSeeArticle(actor, article),
    isAllowed(canEditArticle(actor, article)) ? 'ok' : 'article/forbidden',
  )

/** For those who may edit an article and write: where its status is one of these, else why not. */
const canMove = (actor: Actor, article: ArticleFacts, reasonIn: ReasonByStatus): Decision =>
  allOf(canEditArticle(actor, article), reasonIn[article.status] ?? 'ok', canCreateArticle(actor))

type ReasonByStatus = Partial<Record<Status, Decision>>

/** What is in review is approved rather than published, or taken back first. */
const unlessPublic: ReasonByStatus = {
  in_review: 'article/in-review',
  published: 'article/already-published',
  archived: 'article/archived',
}

/** At once, or at a time. Where the site wants a review, editors alone: also of what they wrote themselves. */
export const canPublishArticle = (
  actor: Actor,
  article: ArticleFacts,
  { reviewRequired }: Pick<ArticleRules, 'reviewRequired'>,
): Decision =>
  allOf(
    canMove(actor, article, unlessPublic),
    reviewRequired && !isEditor(actor) ? 'article/review-required' : 'ok',
  )

const onlyPublished: ReasonByStatus = {
  draft: 'article/not-published',
  in_review: 'article/not-published',
  scheduled: 'article/not-published',
  archived: 'article/archived',
}

/** At once, or at a time; and archiving it. */
export const canUnpublishArticle = (actor: Actor, article: ArticleFacts): Decision =>
  canMove(actor, article, onlyPublished)

export const canUnarchive = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canEditArticle(actor, article),
    article.status === 'archived' ? 'ok' : 'article/not-archived',
  )

export type ScheduledFacts = ArticleFacts & { scheduledAt: Date | null }

export const canUnschedule = (actor: Actor, article: ScheduledFacts): Decision =>
  allOf(
    canEditArticle(actor, article),
    article.scheduledAt === null ? 'article/not-scheduled' : 'ok',
  )

export const canRequestReview = (actor: Actor, article: ArticleFacts): Decision =>
  canMove(actor, article, {
    in_review: 'article/in-review',
    scheduled: 'article/not-a-draft',
    published: 'article/not-a-draft',
    archived: 'article/not-a-draft',
  })

const isInReview = ({ status }: ArticleFacts): Decision =>
  status === 'in_review' ? 'ok' : 'article/not-in-review'

/** Taking it back, and adding notes. */
export const canWithdrawReview = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(canEditArticle(actor, article), isInReview(article))

/** Approving it, and sending it back: also editors of what they wrote themselves, since they may publish it. */
export const canDecideReview = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canEditArticle(actor, article),
    isEditor(actor) ? 'ok' : 'article/forbidden',
    isInReview(article),
  )

/** What was deleted is there for those who might have deleted it. */
export const canRestore = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    article.status === 'trashed' && (isAuthorOf(actor, article) || isEditor(actor))
      ? 'ok'
      : 'article/not-found',
    canAct(actor),
  )

/** Comments and favourites need a published article. */
export const canRespond = (actor: Actor, article: ArticleFacts): Decision =>
  allOf(
    canSeeArticle(actor, article),
    canAct(actor),
    actor.kind === 'user' ? 'ok' : 'session/required',
    article.status === 'published' ? 'ok' : 'article/not-published',
  )

export type CommentedFacts = ArticleFacts & { commentsClosed: boolean; publishedAt: Date | null }

export const canComment = (
  actor: Actor,
  article: CommentedFacts,
  rules: Pick<ArticleRules, 'openSince'>,
): Decision =>
  allOf(
    canRespond(actor, article),
    areCommentsClosed(article, rules) ? 'article/comments-closed' : 'ok',
  )

/** By who may change it, or since it has been out for so long. */
export const areCommentsClosed = (
  { commentsClosed, publishedAt }: Pick<CommentedFacts, 'commentsClosed' | 'publishedAt'>,
  { openSince }: Pick<ArticleRules, 'openSince'>,
): boolean =>
  commentsClosed || (openSince !== null && publishedAt !== null && publishedAt < openSince)

/** Who may change an article decides whether it takes comments. */
export const canCloseComments = (actor: Actor, article: ArticleFacts): Decision =>
  canEditArticle(actor, article)

type Policy = (
  actor: Actor,
  article: ScheduledFacts & CommentedFacts,
  rules: ArticleRules,
) => Decision

/** The decisions of the policies above, for views. */
export function articleCan(
  actor: Actor,
  article: ScheduledFacts & CommentedFacts,
  rules: ArticleRules,
): ArticleCan {
  const may = (policy: Policy) => isAllowed(policy(actor, article, rules))
  return {
    edit: may(canEditArticle),
    publish: may(canPublishArticle),
    unpublish: may(canUnpublishArticle),
    manageAuthors: may(canManageArticle),
    delete: may(canManageArticle),
    comment: may(canComment),
    closeComments: may(canCloseComments),
    favourite: may(canRespond),
    requestReview: may(canRequestReview),
    withdrawReview: may(canWithdrawReview),
    decideReview: may(canDecideReview),
    annotate: may(canWithdrawReview),
    schedulePublish: may(canPublishArticle),
    scheduleUnpublish: may(canUnpublishArticle),
    unschedule: may(canUnschedule),
    archive: may(canUnpublishArticle),
    unarchive: may(canUnarchive),
  }
}
