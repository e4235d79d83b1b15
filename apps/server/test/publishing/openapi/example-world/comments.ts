import { exampleUser } from '@galley/api/routers/platform/users.docs'
import { exampleComment } from '@galley/api/routers/publishing/comments.docs'
import type { Db } from '@galley/db/client'
import { insertComment } from '@galley/testing/publishing/factories'

export async function create(db: Db) {
  const { id, articleId } = exampleComment
  await insertComment(db, { id, articleId, authorId: exampleUser.id })
}
