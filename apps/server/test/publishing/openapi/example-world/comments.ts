import { exampleUser } from '@galley/api/routers/platform/users.docs'
import { exampleComment, exampleReply } from '@galley/api/routers/publishing/comments.docs'
import type { Db } from '@galley/db/client'
import { insertComment } from '@galley/testing/publishing/factories'

export async function create(db: Db) {
  const { id, articleId } = exampleComment
  await insertComment(db, { id, articleId, authorId: exampleUser.id })
  const reply = { id: exampleReply.id, articleId, parentId: id, authorId: exampleUser.id }
  await insertComment(db, reply)
}
