import {
  articleAuthors,
  articles,
  commentMentions,
  comments,
  follows,
  notifications,
  users,
} from '@galley/db/schema'
import { hasRole } from '@galley/platform/actor'
import type {
  NotificationPart,
  NotificationSubject,
  Recipient,
} from '@galley/platform/notifications/registry'
import { and, eq, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm'
import { isKept, isReadable } from '../articles/queries.ts'

const article: NotificationSubject = {
  isVisible: (_db, recipient) => sql`exists (select 1 from ${articles}
    where ${articles.id} = ${notifications.subjectId} and ${isVisibleTo(recipient)} and ${holdsOf.article})`,
  async describe(db, ids) {
    const rows = await db
      .select({ id: articles.id, title: articles.title, slug: articles.slug })
      .from(articles)
      .where(inArray(articles.id, [...ids]))
    return rows.map(({ id, title, slug }) => ({ id, title, path: articlePath(slug) }))
  },
}

const comment: NotificationSubject = {
  isVisible: (_db, recipient) => sql`exists (select 1 from ${comments}
    join ${articles} on ${articles.id} = ${comments.articleId}
    where ${comments.id} = ${notifications.subjectId} and ${comments.deletedAt} is null
      and ${isVisibleTo(recipient)} and ${holdsOf.comment})`,
  async describe(db, ids) {
    const rows = await db
      .select({ id: comments.id, title: articles.title, slug: articles.slug })
      .from(comments)
      .innerJoin(articles, eq(articles.id, comments.articleId))
      .where(inArray(comments.id, [...ids]))
    return rows.map(({ id, title, slug }) => ({
      id,
      title,
      // However many comments there are: of the page on which this one is.
      path: `${articlePath(slug)}?comment=${id}#comment-${id}`,
    }))
  },
}

/** To write an article along; what it is of shows who was invited, though they may not see it otherwise. */
const invitation: NotificationSubject = {
  isVisible: (_db, { id }) => sql`exists (select 1 from ${articleAuthors}
    join ${articles} on ${articles.id} = ${articleAuthors.articleId} and ${isKept}
    where ${articleAuthors.articleId} = ${notifications.subjectId}
      and ${articleAuthors.userId} = ${id}::uuid and ${articleAuthors.acceptedAt} is null)`,
  async describe(db, ids) {
    const rows = await db
      .select({ id: articles.id, title: articles.title })
      .from(articles)
      .where(inArray(articles.id, [...ids]))
    return rows.map((row) => ({ ...row, path: '/me/articles?show=invitations' }))
  },
}

const person: NotificationSubject = {
  isVisible: () => sql`exists (select 1 from ${users}
    where ${users.id} = ${notifications.subjectId} and ${users.emailVerifiedAt} is not null and ${holdsOf.person})`,
  async describe(db, ids) {
    const rows = await db
      .select({ id: users.id, title: users.displayName, username: users.username })
      .from(users)
      .where(and(inArray(users.id, [...ids]), isNotNull(users.emailVerifiedAt)))
    return rows.map(({ id, title, username }) => ({ id, title, path: `/authors/${username}` }))
  },
}

/** In SQL what the policy of articles says of who may see one. */
const isVisibleTo = ({ id, role }: Recipient): SQL | undefined =>
  hasRole({ role }, 'editor')
    ? isKept
    : or(
        isReadable,
        and(isKept, or(eq(articles.authorId, id), sql`${id}::uuid = any(${articles.bylineIds})`)),
      )

/** Whether that is still so which a notification says of its subject; what was only once, as a decision, stays. */
const holdsOf = {
  article: sql`case ${notifications.kind} when 'review-requested' then ${articles.status} = 'in_review'
    when 'published' then ${isReadable} else true end`,
  comment: sql`(${notifications.kind} <> 'mention' or exists (select 1 from ${commentMentions}
    where ${commentMentions.commentId} = ${comments.id} and ${commentMentions.userId} = ${notifications.userId}))`,
  person: sql`(${notifications.kind} <> 'follow' or exists (select 1 from ${follows}
    where ${follows.followerId} = ${users.id} and ${follows.followedId} = ${notifications.userId}))`,
}

const articlePath = (slug: string) => `/articles/${encodeURIComponent(slug)}`

const quoted = (title: string) => `“${title || 'Untitled'}”`

/** What the publication tells people of. */
export const publishingNotifications: NotificationPart = {
  sentences: {
    comment: ({ actor, title }) => `${actor} commented on ${quoted(title)}.`,
    reply: ({ actor, title }) => `${actor} answered your comment on ${quoted(title)}.`,
    mention: ({ actor, title }) => `${actor} mentioned you in a comment on ${quoted(title)}.`,
    'review-requested': ({ actor, title }) => `${actor} asks for a review of ${quoted(title)}.`,
    'review-decided': ({ actor, title, data }) =>
      data.decision === 'approved'
        ? `${actor} approved ${quoted(title)}.`
        : `${actor} sent ${quoted(title)} back.`,
    'byline-invited': ({ actor, title }) => `${actor} invites you to write ${quoted(title)} along.`,
    follow: ({ actor }) => `${actor} follows you.`,
    favourites: ({ actor, title, data }) =>
      `${actor ?? `${data.count} people`} added ${quoted(title)} to their favourites.`,
    published: ({ actor, title, data }) =>
      data.tag === undefined
        ? `${actor} published ${quoted(title)}.`
        : `${actor} published ${quoted(title)} under ${data.tag}.`,
  },
  subjects: { article, comment, invitation, person },
  jobs: {
    'articles.rerender': { title: 'Rendering all texts again', path: '/admin/jobs' },
    'search.rebuild': { title: 'Rebuilding the search index', path: '/admin/jobs' },
  },
}
