import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import type { World } from '../../platform/access/world.ts'

export const draft = ({ db, owner }: World) =>
  insertArticle(db, { authorId: owner.id, status: 'draft', publishedAt: null })

export const published = ({ db, owner }: World) => insertArticle(db, { authorId: owner.id })

/** A comment of the owner under somebody else's article, or under the one that is given. */
export async function comment({ db, owner, stranger }: World, articleId?: string) {
  const under = articleId ?? (await insertArticle(db, { authorId: stranger.id })).id
  return insertComment(db, { articleId: under, authorId: owner.id })
}

export const commentOfStranger = ({ db, stranger }: World, articleId: string) =>
  insertComment(db, { articleId, authorId: stranger.id })
