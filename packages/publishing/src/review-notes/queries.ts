import type { TimeOrder } from '@galley/contract/primitives'
import type { Db, Tx } from '@galley/db/client'
import { reviewNotes, users } from '@galley/db/schema'
import {
  byId,
  byTime,
  comesAfter,
  inOrder,
  type Order,
  type Orders,
  reversed,
  type SortedStart,
} from '@galley/platform/order'
import { only } from '@galley/platform/rows'
import { bylineColumns } from '@galley/platform/users/queries'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'

type NewNote = Omit<typeof reviewNotes.$inferInsert, 'id'> & { createdAt: Date }

export async function addReviewNote(tx: Tx, note: NewNote) {
  return only(await tx.insert(reviewNotes).values(note).returning())
}

const oldest: Order<{ id: string; createdAt: Date }> = [
  byTime(reviewNotes.createdAt, (row) => row.createdAt),
  byId(reviewNotes.id, (row) => row.id),
]

export const noteOrders: Orders<z.output<typeof TimeOrder>, { id: string; createdAt: Date }> = {
  newest: reversed(oldest),
  oldest,
}

export const ofArticle = (articleId: string) => eq(reviewNotes.articleId, articleId)

export type NoteRow = Awaited<ReturnType<typeof findReviewNotes>>[number]

export const findReviewNotes = (
  db: Db,
  articleId: string,
  { order, after, offset, limit }: SortedStart,
) =>
  db
    .select({
      id: reviewNotes.id,
      articleId: reviewNotes.articleId,
      author: bylineColumns,
      kind: reviewNotes.kind,
      body: reviewNotes.body,
      createdAt: reviewNotes.createdAt,
    })
    .from(reviewNotes)
    .innerJoin(users, eq(users.id, reviewNotes.authorId))
    .where(and(ofArticle(articleId), comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)
