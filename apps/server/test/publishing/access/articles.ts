import {
  insertArticle,
  insertCoAuthor,
  insertComment,
  insertPreviewLink,
} from '@galley/testing/publishing/factories'
import type { World } from '../../platform/access/world.ts'

export const draft = ({ db, owner }: World) =>
  insertArticle(db, { authorId: owner.id, status: 'draft', publishedAt: null })

export const inReview = ({ db, owner }: World) =>
  insertArticle(db, { authorId: owner.id, status: 'in_review', publishedAt: null })

export const scheduled = ({ db, owner }: World) =>
  insertArticle(db, {
    authorId: owner.id,
    status: 'scheduled',
    publishedAt: null,
    scheduledAt: new Date('2046-10-15T06:00:00Z'),
    scheduledZone: 'Europe/Berlin',
    scheduledBy: owner.id,
  })

export const archived = ({ db, owner }: World) =>
  insertArticle(db, { authorId: owner.id, status: 'archived' })

export const trashed = ({ db, owner }: World) =>
  insertArticle(db, { authorId: owner.id, status: 'trashed', deletedAt: new Date() })

export const published = ({ db, owner }: World) => insertArticle(db, { authorId: owner.id })

/** Whose comments are closed. */
export const closed = ({ db, owner }: World) =>
  insertArticle(db, { authorId: owner.id, commentsClosed: true })

/** A comment of the owner under somebody else's article, or under the one that is given. */
export async function comment({ db, owner, stranger }: World, articleId?: string) {
  const under = articleId ?? (await insertArticle(db, { authorId: stranger.id })).id
  return insertComment(db, { articleId: under, authorId: owner.id })
}

/** One of the owner that is too old to be changed. */
export async function oldComment({ db, owner, stranger }: World) {
  const { id: articleId } = await insertArticle(db, { authorId: stranger.id })
  const createdAt = new Date(Date.now() - 86_400_000)
  return insertComment(db, { articleId, authorId: owner.id, createdAt })
}

export const commentOfStranger = ({ db, stranger }: World, articleId: string) =>
  insertComment(db, { articleId, authorId: stranger.id })

type Written = { status?: 'draft' | 'published'; accepted?: boolean }

/** An article of somebody else, which the caller writes along or, where they have not accepted, is invited to. */
export async function coWritten(
  { db, stranger, caller }: World,
  { status = 'draft', accepted = true }: Written = {},
) {
  const article = await insertArticle(db, {
    authorId: stranger.id,
    ...(status === 'draft' && { status, publishedAt: null }),
  })
  await insertCoAuthor(db, { articleId: article.id, userId: caller.id, accepted })
  return article
}

/** An article of the owner, and somebody who writes it along. */
export async function withCoAuthor(world: World, article: { id: string }) {
  const person = await world.person({ role: 'author' })
  await insertCoAuthor(world.db, { articleId: article.id, userId: person.id })
  return person
}

export async function previewLink({ db }: World, article: { id: string; authorId: string }) {
  return insertPreviewLink(db, { articleId: article.id, createdBy: article.authorId })
}
